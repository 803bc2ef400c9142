import type { TailSubject } from '../../view/tail/tail-state.ts';
import type { KeptBacktest, KeptSweep } from './kept-runs.ts';

/** A run that is about to be submitted. */
export type PlannedRun = Pick<KeptBacktest, 'kind' | 'draft'> | Pick<KeptSweep, 'kind' | 'draft' | 'indices'>;

/** What a live view says of it beside its events. */
export function subjectOf(planned: PlannedRun, runId: string, name: string): TailSubject {
  const { kind, draft } = planned;
  if (kind === 'run') return { runId, name, kind, products: draft.products };
  const { indices } = planned;
  const varied = draft.outcome.axes.map(axis => axis.name);
  const labelOf = (index: number): string => {
    const set = draft.sets[indices[index] ?? -1];
    return set === undefined ? `set ${index}` : varied.map(axis => `${axis}=${set[axis]}`).join(' ');
  };
  return { runId, name, kind, sets: indices.length, objective: draft.outcome.objective, labelOf };
}
