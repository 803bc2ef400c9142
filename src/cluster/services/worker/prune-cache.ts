/** Keeps the folder of `artifactCache` within a size: what was not used for longest goes first. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Nothing of what it removes is lost, so whatever goes wrong may go wrong again next time. */
export async function pruneCache(dir: string, maxBytes: number): Promise<void> {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  const found = await Promise.all(names.map(name => fileOf(join(dir, name))));
  let bytes = 0;
  for (const { file, size } of found.flat().sort((a, b) => b.usedMs - a.usedMs)) {
    bytes += size;
    if (bytes > maxBytes) await rm(file, { force: true }).catch(() => {});
  }
}

/** Empty for a folder, and for what is gone by now. */
async function fileOf(file: string) {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? [{ file, size: found.size, usedMs: found.mtimeMs }] : [];
}
