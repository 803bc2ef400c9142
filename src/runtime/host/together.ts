/** Waits for work that goes on side by side. Of several failures the one that a person must repair first is thrown. */
import { GoboolError } from '../base/error.ts';
import { ERROR_CATALOGUE } from '../base/error-codes/index.ts';

/** Usage before data before strategy; the machine's own failures last. */
const URGENCY = [2, 7, 3, 6];

/** Waits for all, also where one fails early: no failure is left unhandled. */
export async function together<T extends readonly unknown[]>(
  work: { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const outcomes = await Promise.allSettled(work);
  const failures = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failures.length > 0) throw failures.toSorted((a, b) => urgency(a) - urgency(b))[0];
  return outcomes.map(outcome => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

function urgency(failure: unknown): number {
  const rank = failure instanceof GoboolError ? URGENCY.indexOf(ERROR_CATALOGUE[failure.code].exitCode) : -1;
  return rank === -1 ? URGENCY.length : rank;
}
