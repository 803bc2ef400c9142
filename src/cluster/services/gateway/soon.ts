/** Waiting no longer than a person wants to: what takes longer goes on, but nobody waits for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../../runtime/base/error.ts';

/** For an engine. */
const ENGINE_MS = 1_900;

/** What it resolves to; nothing where it fails or takes longer. */
export function soon<T>(work: Promise<T>, patienceMs: number): Promise<T | undefined> {
  return within(work, patienceMs).catch(() => undefined);
}

/** What an engine is asked for. One that is silent is away: throws `code`. */
export async function unlessSilent<T>(
  code: 'GB_BUS_UNAVAILABLE' | 'GB_DOCUMENTS_UNAVAILABLE',
  work: Promise<T>,
): Promise<T> {
  const answer = await within(
    work.then(value => ({ value })),
    ENGINE_MS,
  );
  if (answer === undefined) throw new GoboolError(code, `No answer within ${ENGINE_MS / 1_000} s.`);
  return answer.value;
}

/** What it resolves to; undefined where it takes longer. */
export async function within<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  const over = new AbortController();
  const late = pause(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
