/**
 * Runs a bundle on the caller's own thread: for tests and debuggers.
 * Limitation: no watchdog and no memory limit, and nothing else happens on the thread until the run ends, so a signal
 * is heeded only before it starts.
 */
import { setImmediate } from 'node:timers/promises';
import type {
  Chunk,
  IndicatorColumn,
  RunInput,
  RunSummary,
  SliceInput,
  StrategyDescription,
} from '../../bundle/abi.ts';
import type { Bundle } from '../bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor } from '../executor.ts';
import { hashedSlice, type SliceRow } from '../hashed-slice.ts';
import { failureData } from './failure-data.ts';
import { failureFromData } from './failure-place.ts';
import { importBundle } from './import-bundle.ts';
import { cancelled } from './supervisor.ts';
import { countSteps } from './timeline.ts';

export function inlineExecutor(): Executor {
  return {
    name: 'inline',
    guarantees: 'Runs in the process itself: no watchdog, no memory limit, no cancelling while it runs.',
    prepare() {},
    describe: (bundle, options) => placed(bundle, options, () => describe(bundle)),
    async run(bundle, input, onChunk, options) {
      const summary = await placed(bundle, options, () => run(bundle, input, onChunk, options));
      options.onProgress?.(summary.steps, countSteps(input.feeds));
      return summary;
    },
    slice: (bundle, input, options) => placed(bundle, options, async () => slice(bundle, input, options)),
    indicators: (bundle, input, options) => placed(bundle, options, async () => indicators(bundle, input)),
    async close() {},
  };
}

async function describe(bundle: Bundle): Promise<StrategyDescription> {
  return importBundle(bundle.code).describe();
}

async function run(
  bundle: Bundle,
  input: RunInput,
  onChunk: (chunk: Chunk) => void,
  { signal }: ExecuteOptions,
): Promise<RunSummary> {
  return importBundle(bundle.code).run(input, {
    onChunk,
    progress: new Int32Array(1),
    shouldStop: () => signal?.aborted === true,
  });
}

function slice(bundle: Bundle, input: SliceInput, { signal }: ExecuteOptions): readonly SliceRow[] {
  const hooks = { progress: new Int32Array(1), shouldStop: () => signal?.aborted === true };
  return hashedSlice(importBundle(bundle.code), input, hooks);
}

function indicators(bundle: Bundle, input: RunInput): readonly IndicatorColumn[] {
  return importBundle(bundle.code).indicators(input, { progress: new Int32Array(1) });
}

/** Gives errors of the bundle their place in the user's source. */
async function placed<T>(bundle: Bundle, { signal }: ExecuteOptions, work: () => Promise<T>): Promise<T> {
  await setImmediate(); // Without a turn of the event loop nobody could abort between two pieces of work.
  if (signal?.aborted) throw cancelled();
  try {
    return await work();
  } catch (error) {
    throw await failureFromData(failureData(error), bundle.map);
  }
}
