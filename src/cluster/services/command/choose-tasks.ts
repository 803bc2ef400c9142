/**
 * Which waiting tasks the idle workers get: the highest priority first; among equals the key that has the fewest tasks
 * running, then the one that was served the longest ago, so that keys take turns; then the oldest. `store/queue.ts`
 * says the same as a query. Pure.
 */
export interface Candidate {
  readonly taskId: string;
  readonly keyId: string;
  readonly priority: number;
  readonly place: number;
  readonly number: number;
  /** Tasks of its key that workers have now. */
  readonly busy: number;
  /** When one of its key was dispatched the last time. */
  readonly servedMs: number;
}

/** `candidates` hold at least the first `count` of every key. */
export function chooseTasks<C extends Candidate>(candidates: readonly C[], count: number): readonly C[] {
  const ahead = new Map<string, number>();
  const ranked = candidates.toSorted(byPriorityAndAge).map(candidate => {
    const earlier = ahead.get(candidate.keyId) ?? 0;
    ahead.set(candidate.keyId, earlier + 1);
    return { candidate, share: candidate.busy + earlier };
  });
  const inOrder = ranked.toSorted(
    (a, b) =>
      b.candidate.priority - a.candidate.priority ||
      a.share - b.share ||
      a.candidate.servedMs - b.candidate.servedMs ||
      byPriorityAndAge(a.candidate, b.candidate),
  );
  return inOrder.slice(0, count).map(({ candidate }) => candidate);
}

const byPriorityAndAge = (a: Candidate, b: Candidate) =>
  b.priority - a.priority || a.place - b.place || a.number - b.number;
