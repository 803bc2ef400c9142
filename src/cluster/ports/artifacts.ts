/**
 * Immutable bytes by their hash: bundles, inputs, datasets, results. Whatever is given or taken is checked against its
 * hash, so nothing broken passes. An artifact is there as a whole or not at all.
 */

/**
 * Throws `GB_DOCUMENTS_UNAVAILABLE` where the store is away, `GB_DOCUMENTS_REFUSED`. Hashes are SHA-256, lower-case
 * hex.
 */
export interface Artifacts {
  has(hash: string): Promise<boolean>;
  /** Those of `hashes` that are not there, in their order. */
  missing(hashes: readonly string[]): Promise<readonly string[]>;
  /**
   * Resolves when the bytes are on the disks of a majority. Any number of times, also at once: one remains. Repairs a
   * broken one. Throws `GB_ARTIFACT_BROKEN` for bytes of another hash.
   */
  put(hash: string, bytes: Uint8Array): Promise<void>;
  /** Throws `GB_ARTIFACT_MISSING`, `GB_ARTIFACT_BROKEN`. */
  get(hash: string): Promise<Buffer>;
}
