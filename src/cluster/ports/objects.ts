/** Small typed objects under keys, each with the revision of its last change: shared state that many watch. */

export interface Versioned<T> {
  readonly value: T;
  /** At least 1; grows with every change to any key of the store, so that it orders them and fences. */
  readonly revision: number;
}

/** A kind of objects: where they lie, and how their JSON is read. */
export interface ObjectKind<T> {
  /** Before every key: `/gobool/members/`. */
  readonly prefix: string;
  /** Checks what was read; throws where it is not a `T`. */
  readonly parse: (value: unknown) => T;
}

interface Entry<T> extends Versioned<T> {
  readonly key: string;
}

export interface Change<T> {
  readonly key: string;
  /** Absent: the key is gone. */
  readonly object?: Versioned<T>;
}

export interface IfRevision {
  /** Only where the object still has this revision; 0: only where there is none. */
  readonly ifRevision?: number;
}

/** Throws `GB_ETCD_UNAVAILABLE`, after which a change may or may not have happened; `GB_OBJECT_INVALID` on reading. */
export interface ObjectStore<T> {
  get(key: string): Promise<Versioned<T> | undefined>;
  /** All whose key begins with `prefix`, sorted by key. */
  list(prefix?: string): Promise<readonly Entry<T>[]>;
  /** Resolves to the new revision, or to nothing where `ifRevision` is stale. */
  put(key: string, value: T, condition?: IfRevision): Promise<number | undefined>;
  /** Resolves to whether it removed something. */
  delete(key: string, condition?: IfRevision): Promise<boolean>;
  /**
   * First what is there, then every change, until the signal aborts. Of several changes to one key that come faster
   * than they are taken, only the last one is seen. Waits while the store is away.
   */
  watch(prefix: string, signal: AbortSignal): AsyncIterable<Change<T>>;
}
