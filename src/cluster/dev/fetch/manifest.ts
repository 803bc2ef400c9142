/**
 * Tells a whole folder of the cache from a damaged one. A manifest lists every file with size and hash, and is the last
 * file written. The quick look, made at every use, compares sizes, and hashes what was written after the manifest. A
 * byte that rots on the disk without a new time of writing passes it; the thorough look of `cluster doctor` hashes all.
 */
import { readdirSync, readFileSync, type Stats, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import { formatHashLines, type HashedFile, hashFile, parseHashLines } from './hash-lines.ts';

const MANIFEST = 'manifest';

/** Ends the making of a folder: nothing may be written into it afterwards. */
export async function sealFolder(folder: string): Promise<void> {
  const files: HashedFile[] = [];
  for (const path of filesIn(folder)) {
    const file = join(folder, path);
    files.push({ sha256: (await hashFile(file)).toString('hex'), bytes: statSync(file).size, path });
  }
  writeFileAtomic(join(folder, MANIFEST), [Buffer.from(formatHashLines(files))]);
}

/** What is wrong with a sealed folder, `bin/mongod is cut short`; undefined when it is whole. */
export async function damageIn(folder: string, look: 'quick' | 'thorough' = 'quick'): Promise<string | undefined> {
  const sealed = readManifest(folder);
  if (sealed === undefined) return 'its manifest is unreadable';
  let isAnyHashed = false;
  for (const { sha256, bytes, path } of sealed.files) {
    const file = join(folder, path);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.size !== bytes) return stats === undefined ? `${path} is missing` : `${path} has another size`;
    if (look === 'quick' && stats.mtimeMs <= sealed.stats.mtimeMs) continue;
    if ((await hashFile(file)).toString('hex') !== sha256) return `${path} has another hash`;
    isAnyHashed = true;
  }
  if (isAnyHashed && look === 'quick') touch(join(folder, MANIFEST));
  return undefined;
}

function readManifest(folder: string): { readonly files: readonly HashedFile[]; readonly stats: Stats } | undefined {
  const path = join(folder, MANIFEST);
  const stats = statSync(path, { throwIfNoEntry: false });
  const files = stats?.isFile() ? parseHashLines(readFileSync(path, 'utf8')) : undefined;
  return stats === undefined || files === undefined ? undefined : { files, stats };
}

/** Spares the next use the hashing: after a copy of the cache every file is newer than its manifest. */
function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // A cache that this user may only read costs the hashing each time, and nothing else.
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
