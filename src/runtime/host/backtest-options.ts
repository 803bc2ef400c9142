import type { Chunk } from '../bundle/abi.ts';
import type { RunOptions } from '../engine/run-options.ts';
import type { ParamValue } from '../sdk/params.ts';
import type { ExecutorLimits } from './executor.ts';
import type { ExecutorChoice } from './executors/start-executor.ts';
import type { RunDraft } from './run-draft.ts';

/** What a caller says about one backtest. */
export interface BacktestOptions {
  /** The strategy's file, as the user wrote it; relative to `cwd`. */
  readonly file: string;
  readonly cwd: string;
  readonly projectDir: string;
  /** Parameter values by name, as text or as values. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Dataset references by feed; '' stands for the only feed. */
  readonly data: Readonly<Record<string, string>>;
  /** Dataset to compare the result with, instead of holding what the strategy trades. */
  readonly benchmark?: string | undefined;
  /** Epoch milliseconds; `to` is exclusive. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly prices: 'adjusted' | 'raw';
  /** Stronger than what the strategy says. */
  readonly account: { readonly [K in keyof RunOptions]?: RunOptions[K] | undefined };
  readonly executor: ExecutorChoice;
  readonly limits: { readonly [K in keyof ExecutorLimits]?: ExecutorLimits[K] | undefined };
  /** False: the run leaves no trace on disk, and no trial in the ledger. */
  readonly keep: boolean;
  /** Runs twice: once more with ambiguous bars decided for the target, of which nothing is kept. */
  readonly range?: boolean | undefined;
  readonly signal?: AbortSignal;
  /** Called before it runs, with what of its record is known by then. */
  readonly onPlanned?: (draft: RunDraft) => void;
  readonly onProgress?: (runId: string, step: number, steps: number) => void;
  readonly onChunk?: (runId: string, chunk: Chunk) => void;
}
