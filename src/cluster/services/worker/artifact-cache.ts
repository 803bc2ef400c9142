/**
 * Artifacts on this machine's disk, by hash, shared by all workers of a folder. What is read is checked against its
 * hash every time; a changed byte only means that it is fetched again.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifacts } from '../../ports/artifacts.ts';

/** In a service's `cacheDir`. */
export const CACHE_FOLDER = 'artifacts';

/** Throws what `Artifacts` throws. A disk that takes nothing costs time, nothing else. */
export type ArtifactCache = Pick<Artifacts, 'get'>;

export function artifactCache(
  dir: string,
  artifacts: Pick<Artifacts, 'get'>,
  onRead: (from: 'cache' | 'cluster') => void = () => {},
): ArtifactCache {
  const fileOf = (hash: string) => join(dir, hash.slice(0, 2), hash);
  return {
    async get(hash) {
      const file = fileOf(hash);
      const kept = await readFile(file).catch(() => undefined);
      if (kept !== undefined && sha256(kept) === hash) {
        await markUsed(file);
        onRead('cache');
        return kept;
      }
      const bytes = await artifacts.get(hash);
      onRead('cluster');
      await keep(file, bytes).catch(() => {});
      return bytes;
    },
  };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** For whoever removes what was not used for long. */
async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

/** As a whole or not at all. */
async function keep(file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}
