/**
 * Bounds work by time and by a signal, also work that heeds neither. Cheap: it is used several times a second for
 * ever.
 */

/** Work that heeds its signal gets the time to say what it was waiting for. */
const LAST_WORDS_MS = 200;

/** The work's outcome; rejects soon after `limitMs` or the outer signal. */
export async function within<T>(
  limitMs: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  let lastWords: NodeJS.Timeout | undefined;
  const end = () => {
    controller.abort();
    lastWords ??= setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), LAST_WORDS_MS);
  };
  const limit = setTimeout(end, limitMs);
  outer.addEventListener('abort', end, { once: true });
  if (outer.aborted) end();
  try {
    return await Promise.race([work(controller.signal), tooLate]);
  } finally {
    clearTimeout(limit);
    clearTimeout(lastWords);
    outer.removeEventListener('abort', end);
  }
}
