/** One worker thread, for one bundle and one run. After any failure it is gone. */
import { on } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { type BarPlace, type ErrorData, GoboolError } from '../../base/error.ts';
import type {
  Chunk,
  IndicatorColumn,
  RunInput,
  RunSummary,
  SliceInput,
  StrategyDescription,
} from '../../bundle/abi.ts';
import type { Dataset } from '../../market/dataset.ts';
import { unpackTrades } from '../../metrics/packed-trades.ts';
import type { ParamSet } from '../../sweep/sweep-result.ts';
import type { Bundle } from '../bundler/bundle-strategy.ts';
import type { ExecuteOptions, ExecutorLimits } from '../executor.ts';
import type { SliceRow } from '../hashed-slice.ts';
import { failureFromData } from './failure-place.ts';
import { shareColumns } from './share-columns.ts';
import { type ThreadPurpose, takeWorker } from './spare-worker.ts';
import { cancelled, supervise } from './supervisor.ts';
import { CONTROL, type FromWorker, type ToWorker } from './thread-messages.ts';
import { barAtStep, countSteps } from './timeline.ts';

interface Task<T> {
  readonly send: ToWorker;
  readonly control: Int32Array;
  /** The result, when this message brings it. */
  readonly take: (message: FromWorker) => T | undefined;
  readonly options: ExecuteOptions;
  /** Empty while a bundle loads. */
  readonly feeds: readonly Dataset[];
  /** Of a slice: one run each. */
  readonly sets?: readonly ParamSet[];
}

type Messages = AsyncIterableIterator<[FromWorker]>;
type Answer<T> = { readonly result: T } | { readonly failure: ErrorData };

export class StrategyThread {
  readonly #limits: ExecutorLimits;
  readonly #worker: Worker;
  #bundle: Bundle | undefined;
  #description: StrategyDescription | undefined;
  /** Why the thread has ended, or is about to. */
  #reason: unknown;

  constructor(limits: ExecutorLimits, purpose: ThreadPurpose = 'run') {
    this.#limits = limits;
    this.#worker = takeWorker(limits.memoryMb, purpose);
    this.#worker.on('error', error => {
      this.#reason ??= error;
    });
    this.#worker.on('exit', () => {
      this.#reason ??= new Error('The thread of the strategy ended without an answer.');
    });
  }

  /** Whether the thread can load or has loaded this bundle. */
  suits(bundle: Bundle, limits: ExecutorLimits): boolean {
    const isFree = this.#bundle === undefined || this.#bundle.hash === bundle.hash;
    return isFree && this.#reason === undefined && this.#limits.memoryMb === limits.memoryMb;
  }

  /** Runs the top level of the strategy's files. */
  async load(bundle: Bundle, options: ExecuteOptions): Promise<StrategyDescription> {
    this.#bundle = bundle;
    this.#description ??= await this.#perform<StrategyDescription>({
      send: { type: 'load', code: bundle.code },
      control: newControl(),
      take: message => (message.type === 'loaded' ? message.description : undefined),
      options,
      feeds: [],
    });
    return this.#description;
  }

  run(input: RunInput, onChunk: (chunk: Chunk) => void, options: ExecuteOptions): Promise<RunSummary> {
    const shared = shareColumns(input);
    const control = newControl();
    return this.#perform<RunSummary>({
      send: { type: 'run', input: shared, control },
      control,
      take(message) {
        if (message.type === 'chunk') passOn(message.chunk, onChunk);
        if (message.type !== 'done') return undefined;
        return { ...message.summary, trades: unpackTrades(message.trades) };
      },
      options,
      feeds: shared.feeds,
    });
  }

  slice(input: SliceInput, options: ExecuteOptions): Promise<readonly SliceRow[]> {
    const shared = shareColumns(input);
    const control = newControl();
    return this.#perform<readonly SliceRow[]>({
      send: { type: 'slice', input: shared, control },
      control,
      take: message => (message.type === 'rows' ? message.rows : undefined),
      options,
      feeds: shared.feeds,
      sets: shared.sets,
    });
  }

  indicators(input: RunInput, options: ExecuteOptions): Promise<readonly IndicatorColumn[]> {
    const shared = shareColumns(input);
    const control = newControl();
    return this.#perform<readonly IndicatorColumn[]>({
      send: { type: 'indicators', input: shared, control },
      control,
      take: message => (message.type === 'indicators' ? message.columns : undefined),
      options,
      feeds: shared.feeds,
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #perform<T>(task: Task<T>): Promise<T> {
    if (task.options.signal?.aborted) this.#reason ??= cancelled();
    this.#worker.ref();
    try {
      if (this.#reason !== undefined) throw this.#reason;
      const messages = on(this.#worker, 'message', { close: ['exit'] }) as Messages;
      const answer = await this.#answer(task, messages);
      await untilPrinted(messages);
      if ('failure' in answer) throw await failureFromData(answer.failure, this.#bundle?.map ?? '');
      return answer.result;
    } catch (error) {
      await this.end();
      throw isOutOfMemory(error) ? this.#memoryError(task, Atomics.load(task.control, CONTROL.step)) : error;
    } finally {
      this.#worker.unref();
    }
  }

  async #answer<T>(task: Task<T>, messages: Messages): Promise<Answer<T>> {
    using _supervisor = this.#supervise(task);
    this.#worker.postMessage(task.send);
    for (;;) {
      const { value, done } = await messages.next();
      if (done) throw this.#reason;
      const [message] = value;
      if (message.type === 'failed') return { failure: message.error };
      const result = task.take(message);
      if (result !== undefined) return { result };
    }
  }

  #supervise<T>(task: Task<T>): Disposable {
    return supervise({
      worker: this.#worker,
      control: task.control,
      options: task.options,
      steps: task.options.onProgress ? countSteps(task.feeds) : 0,
      timeoutError: step => this.#timeoutError(task, step),
      memoryError: step => this.#memoryError(task, step),
      end: reason => {
        this.#reason ??= reason;
        void this.end();
      },
    });
  }

  #timeoutError<T>(task: Task<T>, step: number): GoboolError {
    const limit = `${task.options.limits.barTimeoutMs / 1000} s`;
    const bar = this.#barAt(task, step);
    return new GoboolError(
      'GB_STRATEGY_TIMEOUT',
      `${nameOf(bar)} did not end within ${limit}.`,
      bar && { where: { bar } },
    );
  }

  #memoryError<T>(task: Task<T>, step: number): GoboolError {
    const bar = this.#barAt(task, step);
    const message = `The strategy used more than ${this.#limits.memoryMb} MB of memory: ${nameOf(bar)}.`;
    return new GoboolError('GB_STRATEGY_MEMORY', message, bar && { where: { bar } });
  }

  #barAt<T>(task: Task<T>, step: number): BarPlace | undefined {
    const bar = barAtStep(task.feeds, this.#description?.feeds ?? [], step);
    const set = task.sets?.[Atomics.load(task.control, CONTROL.set)];
    if (bar === undefined || set === undefined) return bar;
    const params = Object.entries(set).map(([name, value]) => [`params.${name}`, value] as const);
    return { ...bar, values: { ...bar.values, ...Object.fromEntries(params) } };
  }
}

/** Unwatched: whoever reads what was printed, in a pager say, may take his time. */
async function untilPrinted(messages: Messages): Promise<void> {
  for await (const [message] of messages) if (message.type === 'printed') return;
}

function newControl(): Int32Array {
  const control = new Int32Array(new SharedArrayBuffer(CONTROL.length * Int32Array.BYTES_PER_ELEMENT));
  control[CONTROL.step] = -1;
  control[CONTROL.set] = -1;
  return control;
}

function nameOf(bar: BarPlace | undefined): string {
  if (bar === undefined) return 'the top level of its files';
  return `bar ${bar.index} of ${bar.feed}, ${new Date(bar.time).toISOString()}`;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** `time` and `equity` are for the callback only: their memory is given back at once, not when garbage is collected. */
function passOn(chunk: Chunk, onChunk: (chunk: Chunk) => void): void {
  onChunk(chunk);
  for (const { buffer } of [chunk.time, chunk.equity]) (buffer as ArrayBuffer).transfer(0);
}
