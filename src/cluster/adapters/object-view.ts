/**
 * What a watcher knows of the keys under a prefix, from events and from whole listings, which may overtake each other.
 * Revisions decide: nothing older than what is known changes anything. Changes wait here until they are taken, one for
 * each key at most, so that a slow reader costs no more than the keys themselves.
 */

/** `text` is absent where the key is gone. */
export interface RawChange {
  readonly key: string;
  readonly text?: string;
  /** Of the last change to the key, its removal included. */
  readonly revision: number;
}

export class ObjectView {
  readonly #known = new Map<string, RawChange>();
  readonly #waiting = new Set<string>();
  /** Keys that the reader believes to exist. */
  readonly #taken = new Set<string>();
  #awaited = Promise.withResolvers<void>();

  /** One event. */
  apply(change: RawChange): void {
    if (change.revision <= (this.#known.get(change.key)?.revision ?? 0)) return;
    this.#known.set(change.key, change);
    this.#waiting.add(change.key);
    this.#awaited.resolve();
  }

  /** All keys as they were at `revision`: what is known and not among them was removed, unless it is newer. */
  applyListing(listed: readonly RawChange[], revision: number): void {
    const names = new Set(listed.map(({ key }) => key));
    for (const change of listed) this.apply(change);
    for (const { key, text, revision: knownRevision } of [...this.#known.values()]) {
      if (names.has(key) || knownRevision > revision) continue;
      if (text !== undefined) this.apply({ key, revision });
      // Nothing as old as this removal can arrive any more.
      else if (!this.#waiting.has(key)) this.#known.delete(key);
    }
  }

  /** Every change as it comes, until the signal aborts; for one reader. */
  async *changes(signal: AbortSignal): AsyncGenerator<RawChange, void> {
    const wake = () => this.#awaited.resolve();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!signal.aborted) {
        const change = this.#take();
        if (change) yield change;
        else await this.#news();
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  async #news(): Promise<void> {
    await this.#awaited.promise;
    this.#awaited = Promise.withResolvers();
  }

  /** The next change, if one waits. A key that came and went unseen is none. */
  #take(): RawChange | undefined {
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      const change = this.#known.get(key);
      if (change?.text !== undefined) this.#taken.add(key);
      else if (!this.#taken.delete(key)) continue;
      return change;
    }
    return undefined;
  }
}
