/**
 * Where the control socket of a cluster lies. The kernel allows about 100 bytes, so it cannot lie in the cluster's
 * folder. Its folder belongs to this user and is closed to all others: who may reach the socket may stop the cluster.
 */
import { lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { systemCode, toFileError } from '../../../runtime/host/files.ts';

const PATH_BYTES_MAX = 100;

/** Makes the folder where it is missing. Throws `GB_PERMISSION` where it is not ours alone. */
export function ensureSocketPath(id: string, env: Readonly<Record<string, string | undefined>>): string {
  const candidates = [runtimeFolder(env.XDG_RUNTIME_DIR), join('/tmp', `gobool-${userInfo().uid}`)];
  const folder = candidates.find(path => path !== undefined && Buffer.byteLength(socketIn(path, id)) < PATH_BYTES_MAX);
  if (folder === undefined) throw new GoboolError('GB_PERMISSION', 'There is no folder for the control socket.');
  ensurePrivate(folder);
  return socketIn(folder, id);
}

const socketIn = (folder: string, id: string) => join(folder, `${id}.sock`);

const runtimeFolder = (base = '') => (isAbsolute(base) ? join(base, 'gobool') : undefined);

function ensurePrivate(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw toFileError(error, folder);
  }
  const stats = lstatSync(folder);
  if (stats.isDirectory() && stats.uid === userInfo().uid && (stats.mode & 0o077) === 0) return;
  throw new GoboolError(
    'GB_PERMISSION',
    `${folder} must be a folder of yours with mode 0700: the control socket lies there.`,
  );
}
