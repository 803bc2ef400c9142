/**
 * Whether the events of one task can have come about without a stale write: attempts follow one another, a claim
 * belongs to a dispatch, and nothing happens to a task that is over. Pure.
 */

export interface HistoryEvent {
  readonly version: number;
  readonly type: string;
  /** Of `dispatched`. */
  readonly attempt?: number | undefined;
}

const ENDS: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

/** What is wrong with them, one line each. `events`: of one task, by version. */
export function taskOffences(events: readonly HistoryEvent[]): readonly string[] {
  const offences: string[] = [];
  let attempt = 0;
  let state = '';
  for (const [i, event] of events.entries()) {
    if (event.version !== i + 1) offences.push(`event ${i + 1} has version ${event.version}`);
    if (ENDS.has(state)) offences.push(`${event.type} after it had ${state}`);
    if (event.type === 'claimed' && state !== 'dispatched') offences.push(`claimed after ${state}`);
    if (event.type === 'dispatched' && event.attempt !== ++attempt)
      offences.push(`attempt ${event.attempt} where ${attempt} was due`);
    state = event.type;
  }
  return offences;
}
