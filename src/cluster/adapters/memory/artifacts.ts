/** The port `Artifacts` in memory, for tests. */
import type { Artifacts } from '../../ports/artifacts.ts';
import { artifactMissing, requireHash } from '../artifact-hash.ts';

/** `stored`: what it keeps, so that a test can break it. */
export function memoryArtifacts(stored = new Map<string, Buffer>()): Artifacts {
  return {
    async has(hash) {
      return stored.has(hash);
    },
    async missing(hashes) {
      return hashes.filter(hash => !stored.has(hash));
    },
    async put(hash, bytes) {
      requireHash(hash, bytes);
      stored.set(hash, Buffer.from(bytes));
    },
    async get(hash) {
      const bytes = stored.get(hash);
      if (bytes === undefined) throw artifactMissing(hash);
      requireHash(hash, bytes);
      return Buffer.from(bytes);
    },
  };
}
