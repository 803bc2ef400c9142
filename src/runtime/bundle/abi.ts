/**
 * The contract between a bundle and whoever runs it: plain data in, chunks and a summary out.
 * A bundle carries strategy, engine and metrics, so an old bundle gives its old result under any host that knows its
 * ABI.
 * Raise `ABI` whenever one of these shapes changes its meaning.
 */

import type { IndicatorColumn } from '../engine/indicator-columns.ts';
import type { RunHooks, RunInput } from '../engine/run-io.ts';
import type { RunSummary } from '../metrics/summary.ts';
import type { ParamDeclaration } from '../sdk/params.ts';
import type { SliceHooks, SliceInput } from '../sweep/run-slice.ts';

export type { IndicatorColumn } from '../engine/indicator-columns.ts';
export type { Chunk, RunInput } from '../engine/run-io.ts';
export type { RunSummary, RunWarning } from '../metrics/summary.ts';
export type { SliceHooks, SliceInput } from '../sweep/run-slice.ts';

export const ABI = 1;

/** What a bundle says of its strategy, before any run. */
export interface StrategyDescription {
  readonly name: string;
  /** Names of the feeds, the first one is traded by `order`. One unnamed feed is called `main`. */
  readonly feeds: readonly string[];
  /** Default dataset per feed, where the strategy names one. */
  readonly data: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, ParamDeclaration>>;
  readonly form: 'onBar' | 'signals';
  /** The strategy's own run options, weaker than flags and configuration. */
  readonly account: StrategyAccount;
}

/** Run options that a strategy declares for itself. `fee: 'function'` stands for the strategy's own fee function. */
export interface StrategyAccount {
  readonly cash?: number;
  readonly leverage?: number;
  readonly allowShort?: boolean;
  readonly lot?: number;
  readonly fee?: string;
  readonly slippage?: string;
  readonly maintenanceMargin?: number;
  readonly borrow?: number;
  readonly interest?: number;
  readonly marginInterest?: number;
  readonly maxParticipation?: number;
  readonly limitFill?: 'through' | 'touch';
  readonly sizing?: 'fill' | 'decision';
}

/** What a bundle exports. */
export interface BundleModule {
  readonly abi: number;
  readonly describe: () => StrategyDescription;
  readonly run: (input: RunInput, hooks: RunHooks) => RunSummary;
  /** Many sets of parameters over the same data. */
  readonly runSlice: (input: SliceInput, hooks: SliceHooks) => void;
  /** The declared indicators as a run computes them, over all bars. For reports. */
  readonly indicators: (input: RunInput, hooks: Pick<RunHooks, 'progress'>) => readonly IndicatorColumn[];
}
