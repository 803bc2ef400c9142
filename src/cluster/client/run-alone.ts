/** One set of a sweep, run by itself on the cluster, from what the cluster has of the sweep already. */
import { assert } from '../../runtime/base/assert.ts';
import type { ParamSet } from '../../runtime/sweep/sweep-result.ts';
import { decodeFrame } from '../contracts/frame.ts';
import type { RunSpec, StoredRunInput, StoredSweepInput } from '../contracts/run-spec.ts';
import { type Artifact, frameArtifact } from './artifact.ts';
import { readRunResult } from './read-result.ts';
import { type RunCall, submitRun } from './submitted-run.ts';

export type SweepSpec = Extract<RunSpec, { readonly kind: 'sweep' }>;

/** All of a run's input but its set: plain data, in which datasets are hashes. */
export type SharedInput = Omit<StoredRunInput, 'params'>;

/** What all runs of a sweep read. `artifacts`: the sweep's. */
export function sharedInputOf({ input }: SweepSpec, artifacts: readonly Artifact[]): SharedInput {
  const artifact = artifacts.find(({ hash }) => hash === input);
  assert(artifact !== undefined, 'a sweep is submitted with its input');
  const { sets: _sets, metrics: _metrics, ...shared } = decodeFrame(artifact.bytes) as StoredSweepInput;
  return shared;
}

/** Its result hash. `name`: for lists. */
export async function runAlone(
  call: RunCall,
  { bundle, datasets, limits }: SweepSpec,
  shared: SharedInput,
  params: ParamSet,
  name: string,
): Promise<string> {
  const input = frameArtifact({ ...shared, params } satisfies StoredRunInput);
  const spec = { kind: 'run', bundle, input: input.hash, datasets, limits } as const;
  const run = { name, priority: 0, spec };
  const { resultHash } = await submitRun(call, [input], run, readTask =>
    readRunResult(readTask, { onChunk: () => {} }),
  );
  return resultHash;
}
