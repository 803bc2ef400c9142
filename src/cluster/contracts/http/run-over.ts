/** States of a run that are its end. A file of its own, since the command line needs no schema for it. */
const OVER: ReadonlySet<string> = new Set(['rejected', 'completed', 'failed', 'cancelled']);

/** Whether a run in this state stays in it. */
export function isOver(state: string): boolean {
  return OVER.has(state);
}
