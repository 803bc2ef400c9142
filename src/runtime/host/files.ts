/**
 * Files that are either whole or absent: written under a temporary name, flushed to the disk, then renamed. The
 * temporary name carries the process id, so that the leavings of a dead process can be told from the work of a live
 * one.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GoboolError } from '../base/error.ts';

const TEMPORARY = /^\.tmp-(\d+)-[a-z0-9]+-/;
const STALE_AFTER_MS = 24 * 3_600_000;
let temporaryCount = 0;

/**
 * Writes the parts, one after another, as the whole content of `path`, and makes its folder where that is missing.
 * A reader sees the old file or the new one. Throws GB_DISK_FULL or GB_PERMISSION, the latter also where a folder
 * stands in the way; then the old file stands as it was.
 */
export function writeFileAtomic(path: string, parts: Iterable<Uint8Array>, mode = 0o666): void {
  withFileErrors(path, () => {
    makeFolder(dirname(path));
    const temporary = join(dirname(path), `.tmp-${process.pid}-${(temporaryCount++).toString(36)}-${basename(path)}`);
    try {
      writeDurably(temporary, parts, mode);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      if (systemCode(error) !== 'EISDIR') throw error;
      throw new GoboolError('GB_PERMISSION', `${path} is a folder, so no file can be written there.`, { cause: error });
    }
    flushFolder(dirname(path));
  });
}

/**
 * Makes a folder and those above it where they are missing. Throws GB_DISK_FULL, and GB_PERMISSION also where a file
 * stands in the way. Node reports a read-only disk as ENOENT here, which making folders cannot otherwise end with.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'EEXIST'].includes(systemCode(error) ?? '')) throw toFileError(error, path);
    throw new GoboolError('GB_PERMISSION', `The folder ${path} cannot be made.`, { cause: error });
  }
}

/** Removes temporary files of processes that no longer live, or that are a day old. */
export function removeStaleTemporaries(folder: string): void {
  for (const name of readdirSync(folder)) {
    const match = TEMPORARY.exec(name);
    if (match === null) continue;
    const isOld = ageMs(join(folder, name)) > STALE_AFTER_MS;
    if (isOld || !isAlive(Number(match[1]))) rmSync(join(folder, name), { force: true });
  }
}

/** How long ago a file was written; Infinity where it is gone. */
export function ageMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? Infinity : Date.now() - stats.mtimeMs;
}

/** Runs file operations; a full disk and a refused access become coded errors that name the path. */
export function withFileErrors<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw toFileError(error, path);
  }
}

/**
 * Runs a read of a file that the user named; one that is missing or a folder becomes GB_DATA_MISSING, one that is too
 * large to be read at once GB_DATA_FORMAT.
 */
export function readSource<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'ERR_FS_FILE_TOO_LARGE') throw tooLarge(path, error);
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) throw toFileError(error, path);
    throw new GoboolError('GB_DATA_MISSING', `There is no file ${path}.`, { hint: 'Check the path.', cause: error });
  }
}

function tooLarge(path: string, cause: unknown): GoboolError {
  return new GoboolError('GB_DATA_FORMAT', `${path} is larger than 2 GiB, the most that is read of one file.`, {
    hint: 'Cut it into several files and name them all: they become one dataset. Parquet may be of any size.',
    cause,
  });
}

/** The coded error for what the system said about a path; any other error as it is. */
export function toFileError(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new GoboolError('GB_DISK_FULL', `The disk is full: ${path} could not be written.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new GoboolError('GB_PERMISSION', `${path} may not be read or written.`, { cause: error });
    case 'ENAMETOOLONG':
      return new GoboolError('GB_PERMISSION', `The name is too long for a file: ${path}`, {
        hint: 'Use a shorter name.',
        cause: error,
      });
    case 'ELOOP':
      return new GoboolError('GB_PERMISSION', `${path} is a link that leads back to itself.`, {
        hint: 'Check the path.',
        cause: error,
      });
    default:
      return error;
  }
}

/** `ENOENT` and its like; undefined for errors that are not the system's. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function writeDurably(path: string, parts: Iterable<Uint8Array>, mode: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    for (const part of parts) writeAll(descriptor, part);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

/** Makes a rename last through a power cut; systems that cannot flush folders do without. */
function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
