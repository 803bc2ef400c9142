/** A run's tasks: a sweep has one for each slice of its sets, everything else one. Pure. */
import type { RunSpec, TaskSpec } from '../../../contracts/run-spec.ts';

export const taskCount = (spec: RunSpec): number => (spec.kind === 'sweep' ? Math.ceil(spec.sets / spec.sliceSets) : 1);

export const taskIdOf = (runId: string, number: number): string => `${runId}-${number}`;

/** What the task of this number is to do. */
export function taskSpec(spec: RunSpec, number: number): TaskSpec {
  if (spec.kind !== 'sweep') return spec;
  const { sets, sliceSets, objective: _, ...parts } = spec;
  const from = number * sliceSets;
  return { ...parts, kind: 'slice', from, to: Math.min(from + sliceSets, sets) };
}
