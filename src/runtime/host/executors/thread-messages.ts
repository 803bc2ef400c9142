/** What the thread executor and its worker say to each other. Structured-cloneable. */
import type { ErrorData } from '../../base/error.ts';
import type {
  Chunk,
  IndicatorColumn,
  RunInput,
  RunSummary,
  SliceInput,
  StrategyDescription,
} from '../../bundle/abi.ts';
import type { PackedTrades } from '../../metrics/packed-trades.ts';
import type { SliceRow } from '../hashed-slice.ts';

export type ToWorker =
  | { readonly type: 'load'; readonly code: string }
  /** `control` lies in shared memory; CONTROL names its words. */
  | { readonly type: 'run'; readonly input: RunInput; readonly control: Int32Array }
  | { readonly type: 'slice'; readonly input: SliceInput; readonly control: Int32Array }
  | { readonly type: 'indicators'; readonly input: RunInput; readonly control: Int32Array };

export type FromWorker =
  | { readonly type: 'loaded'; readonly description: StrategyDescription }
  | { readonly type: 'chunk'; readonly chunk: Chunk }
  | { readonly type: 'done'; readonly summary: Omit<RunSummary, 'trades'>; readonly trades: PackedTrades }
  | { readonly type: 'rows'; readonly rows: readonly SliceRow[] }
  | { readonly type: 'indicators'; readonly columns: readonly IndicatorColumn[] }
  | { readonly type: 'failed'; readonly error: ErrorData }
  /** After every answer: all that was printed until then has arrived. */
  | { readonly type: 'printed' };

/** Words of shared memory between the two threads, because a thread that runs a strategy reads no messages. */
export const CONTROL = {
  /** Written by the engine: the step that runs now. */
  step: 0,
  /** Written by the executor: not 0 asks the engine to stop. */
  stop: 1,
  /** Written by the thread: which set of its slice runs now; -1 where it may be several. */
  set: 2,
  length: 3,
} as const;
