/**
 * CRC-32 of each column, and of every other byte of the file: together they cover the whole file, at the speed of memory.
 * They find damage, not malice; the SHA-256 does both and is checked by `data verify`.
 */
import { crc32 } from 'node:zlib';
import type { ColumnBytes, ColumnName } from './stored-dataset.ts';

/** `frame`: the bytes before and after the columns. */
export type Checksums = Partial<Record<ColumnName | 'frame', number>>;

/** `columns` are views of `file`, in the order in which they lie there. */
export function checksumsOf(file: Uint8Array, columns: ColumnBytes): Checksums {
  const sums: Checksums = {};
  let frame = 0;
  let position = 0;
  for (const [name, bytes] of columns) {
    const start = bytes.byteOffset - file.byteOffset;
    frame = crc32(file.subarray(position, start), frame);
    sums[name] = crc32(bytes);
    position = start + bytes.byteLength;
  }
  return { ...sums, frame: crc32(file.subarray(position), frame) };
}

/** The parts whose checksums differ. */
export function damagedParts(expected: Checksums, actual: Checksums): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]) as ReadonlySet<keyof Checksums>;
  return [...names].filter(name => expected[name] !== actual[name]);
}
