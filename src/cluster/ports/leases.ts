/**
 * Leases: keys that vanish when their owner does. A lease is a hint, not a lock: an owner that stood still may believe
 * in it a moment too long, so whatever it writes carries the revision of its claim, and the store refuses an older
 * one.
 */

export interface Leases {
  /** `ttlMs`, whole seconds: how long it outlives its owner. Throws `GB_ETCD_UNAVAILABLE`. */
  grant(options: { readonly ttlMs: number }): Promise<Lease>;
}

/**
 * Kept alive until it is disposed of, which frees its keys at once, or, where the store is away, when the time is up.
 */
export interface Lease extends AsyncDisposable {
  readonly id: string;
  /** Aborts once, no later than the store may give the keys to others, with `GB_LEASE_LOST`; not when disposed of. */
  readonly lost: AbortSignal;
  /**
   * Writes the key if nobody has it. Resolves to the revision, which grows from claim to claim, or to nothing.
   * Throws `GB_LEASE_LOST`, `GB_ETCD_UNAVAILABLE`.
   */
  claim(key: string, value: unknown): Promise<number | undefined>;
  /** Writes a key of which the owner alone knows, whether it is there or not. Throws what `claim` throws. */
  put(key: string, value: unknown): Promise<void>;
  /**
   * Throws `GB_LEASE_LOST` where its time has passed, also before `lost` had its turn: in a process that stood still,
   * what waited goes before timers.
   */
  check(): void;
}
