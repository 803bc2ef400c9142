/** What the users of a cluster ask for while it is tormented, and what must come of it. */
import type { RunInput, SliceInput } from '../../runtime/bundle/abi.ts';
import type { Bundle } from '../../runtime/host/bundler/bundle-strategy.ts';
import { DEFAULT_LIMITS, type Executor } from '../../runtime/host/executor.ts';
import { ResultHasher } from '../../runtime/host/result-hash.ts';

export interface Work {
  readonly bundle: Bundle;
  readonly input: RunInput;
  readonly sweep: SliceInput;
  /** Hashes of this process: of the run, and of the sweep's sets. */
  readonly resultHash: string;
  readonly rowHashes: readonly string[];
}

/** Runs everything here once. Throws what the strategy throws. */
export async function makeWork(
  bundle: Bundle,
  input: RunInput,
  sets: SliceInput['sets'],
  executor: Executor,
): Promise<Work> {
  const limits = DEFAULT_LIMITS;
  const hasher = new ResultHasher();
  const summary = await executor.run(bundle, input, chunk => hasher.update(chunk), { limits });
  const { params: _, ...rest } = input;
  const sweep = { ...rest, sets, metrics: [] };
  const rows = await executor.slice(bundle, sweep, { limits });
  return {
    bundle,
    input,
    sweep,
    resultHash: hasher.finish(summary),
    rowHashes: rows.map(({ resultHash }) => resultHash),
  };
}
