/** What the in-memory leases and objects share: keys with revisions, as etcd keeps them. */
import type { RawChange } from '../object-view.ts';

interface Stored {
  readonly text: string;
  readonly revision: number;
  readonly leaseId?: string;
}

export class MemoryKeys {
  readonly #stored = new Map<string, Stored>();
  readonly #listeners = new Set<(change: RawChange) => void>();
  #revision = 0;

  get(key: string): Stored | undefined {
    return this.#stored.get(key);
  }

  /** Sorted by key. */
  list(prefix: string): readonly (Stored & { readonly key: string })[] {
    const keys = [...this.#stored].filter(([key]) => key.startsWith(prefix));
    return keys.map(([key, stored]) => ({ key, ...stored })).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Returns the new revision. */
  put(key: string, text: string, leaseId?: string): number {
    this.#revision += 1;
    this.#stored.set(key, { text, revision: this.#revision, ...(leaseId !== undefined && { leaseId }) });
    this.#tell({ key, text, revision: this.#revision });
    return this.#revision;
  }

  /** Returns whether there was one. */
  delete(key: string): boolean {
    if (!this.#stored.delete(key)) return false;
    this.#revision += 1;
    this.#tell({ key, revision: this.#revision });
    return true;
  }

  deleteLease(leaseId: string): void {
    const keys = [...this.#stored].filter(([, stored]) => stored.leaseId === leaseId);
    for (const [key] of keys) this.delete(key);
  }

  /** Returns what ends it. */
  listen(listener: (change: RawChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: RawChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
