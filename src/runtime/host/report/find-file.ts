/** A file by the path that a user wrote in some folder, of which only a few are likely. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Absolute path in the first folder that has the file; in the first folder if none has. */
export function findFile(path: string, folders: readonly [string, ...string[]]): string {
  const candidates = folders.map(folder => resolve(folder, path));
  return candidates.find(candidate => existsSync(candidate)) ?? resolve(folders[0], path);
}
