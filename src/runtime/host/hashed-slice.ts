/** Runs a slice on the present thread and gives each of its runs the hash that the run alone has. */
import type { BundleModule, SliceHooks, SliceInput } from '../bundle/abi.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import { ResultHasher, TimesHash } from './result-hash.ts';

/** A run of a slice, without what its caller knows: which one it is. Plain data. */
export interface SliceRow extends Omit<SweepRun, 'index' | 'params'> {
  /** Daily returns that its metrics rest on. */
  readonly samples: number;
}

/** One row per set, in order. */
export function hashedSlice(
  bundle: BundleModule,
  input: SliceInput,
  hooks: Omit<SliceHooks, 'onChunk' | 'onRun'>,
): readonly SliceRow[] {
  const times = new TimesHash();
  const hashers = input.sets.map(() => new ResultHasher(times));
  const rows: SliceRow[] = [];
  bundle.runSlice(input, {
    ...hooks,
    onChunk: (index, chunk) => hashers[index]?.update(chunk),
    onRun(index, run) {
      const { state, finalEquity, fills, metrics } = run;
      const resultHash = hashers[index]?.finish(run) ?? '';
      const samples = Math.max(0, run.daily.values.length - 1);
      rows[index] = { resultHash, state, finalEquity, fills, metrics, samples };
    },
  });
  return rows;
}
