/**
 * Reads a log from its end, and goes on with it. A log is rotated in place: it becomes shorter under the reader,
 * who then starts again at its beginning. Limitation: what was written just before that is only in the older file.
 */
import { type FileHandle, open } from 'node:fs/promises';

/** How far a log was read: an offset in bytes, always behind the end of a line. */
export interface LogPlace {
  readonly offset: number;
}

export interface LogPart extends LogPlace {
  readonly lines: readonly string[];
}

const TAIL_BYTES = 256 * 1024;
const READ_BYTES_MAX = 1024 * 1024;
const NEWLINE = 10;

/** The last lines, as many as fit 256 kB. Undefined where there is no log. */
export async function readTail(path: string): Promise<LogPart | undefined> {
  await using file = await openLog(path);
  if (file === undefined) return undefined;
  const { size } = await file.stat();
  const start = Math.max(0, size - TAIL_BYTES);
  const part = await readPart(file, start, size);
  return start === 0 ? part : { ...part, lines: part.lines.slice(1) };
}

/** What came after `place`; a line without its end is left for the next call. */
export async function readNext(path: string, place: LogPlace): Promise<LogPart> {
  await using file = await openLog(path);
  if (file === undefined) return { offset: 0, lines: [] };
  const { size } = await file.stat();
  return await readPart(file, size < place.offset ? 0 : place.offset, size);
}

async function openLog(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readPart(file: FileHandle, start: number, size: number): Promise<LogPart> {
  const wanted = Math.min(size - start, READ_BYTES_MAX);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(wanted), position: start });
  const isCut = bytesRead === READ_BYTES_MAX;
  const lastEnd = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1;
  // A line longer than all that is read at once is given in pieces, or it would never end.
  const end = lastEnd === 0 && isCut ? bytesRead : lastEnd;
  const text = buffer.toString('utf8', 0, end).replace(/\n$/, '');
  return { offset: start + end, lines: end === 0 ? [] : text.split('\n') };
}
