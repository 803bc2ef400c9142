/** Logs of engines: their last lines, and their size. */
import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { toFileError } from '../../../runtime/host/files.ts';

const TAIL_BYTES = 8192;
const LINE_CHARACTERS_MAX = 500;

/** The last lines that are not empty, oldest first; none where there is no log. */
export function lastLines(file: string, count = 10): readonly string[] {
  const lines = readTail(file).split('\n');
  return lines
    .filter(line => line.trim() !== '')
    .slice(-count)
    .map(line => line.slice(0, LINE_CHARACTERS_MAX));
}

function readTail(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
      const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8', 0, read);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

const ROTATION = { bytesMax: 10 * 1024 * 1024, files: 3 } as const;

/**
 * Moves a log that has grown to `.1`, and `.1` to `.2`, by copying and cutting it: the engine keeps its open file and
 * appends at the new end. Throws `GB_DISK_FULL`; then all is as it was. Limitation: what it writes between the copy
 * and the cut is lost.
 */
export function rotateLog(file: string, { bytesMax, files }: { bytesMax: number; files: number } = ROTATION): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < bytesMax) return;
  copyWhole(file, `${file}.0`);
  for (let age = files - 2; age >= 0; age--) moveIfThere(`${file}.${age}`, `${file}.${age + 1}`);
  truncateSync(file);
}

function copyWhole(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    rmSync(to, { force: true });
    throw toFileError(error, to);
  }
}

function moveIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}
