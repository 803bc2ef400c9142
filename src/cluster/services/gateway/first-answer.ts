/**
 * Asks one after the other until one answers. The next is asked as soon as the one before failed, and also where it
 * takes long: one that is frozen costs a moment, not the answer. Whoever is late is aborted.
 */
type Ask<T> = (signal: AbortSignal) => Promise<T>;

/** Rejects with an `AggregateError` when all failed, or there is nobody to ask. */
export function firstAnswer<T>(asks: readonly Ask<T>[], patienceMs: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const asked: AbortController[] = [];
  const errors: unknown[] = [];
  let patience: NodeJS.Timeout | undefined;
  let isOver = false;

  const next = (): void => {
    clearTimeout(patience);
    const ask = asks[asked.length];
    if (isOver || ask === undefined) return;
    const own = new AbortController();
    asked.push(own);
    patience = setTimeout(next, patienceMs);
    ask(own.signal).then(answer => take(own, answer), fail);
  };
  const take = (own: AbortController, answer: T): void => {
    // One that was about to be aborted: it must not abort the one that was taken.
    if (isOver) {
      own.abort();
      return;
    }
    isOver = true;
    clearTimeout(patience);
    for (const other of asked) if (other !== own) other.abort();
    resolve(answer);
  };
  const fail = (error: unknown): void => {
    errors.push(error);
    if (errors.length === asks.length) reject(new AggregateError(errors));
    next();
  };

  if (asks.length === 0) reject(new AggregateError([]));
  next();
  return promise;
}
