/**
 * CRC-32 of each column, and of every other byte of the file: together they cover the whole file, at the speed of
 * memory. They are checked before the file is decoded, because a damaged header can lead a decoder anywhere. They find
 * damage, not malice; the SHA-256 does both and is checked by `data verify`.
 */
import { crc32 } from 'node:zlib';
import type { ColumnBytes, ColumnName } from './stored-dataset.ts';

export interface Checksums {
  /** In the order in which the columns lie in the file. Each is `rows` times eight bytes long. */
  readonly columns: readonly ColumnChecksum[];
  /** Of the bytes before, between and after the columns. */
  readonly frameCrc32: number;
}

interface ColumnChecksum {
  readonly name: ColumnName;
  /** Where the column starts in the file. */
  readonly offset: number;
  readonly crc32: number;
}

/** `columns` are views of `file`, in the order in which they lie there. */
export function checksumsOf(file: Uint8Array, columns: ColumnBytes): Checksums {
  const places = [...columns].map(([name, bytes]) => ({ name, offset: bytes.byteOffset - file.byteOffset }));
  return sum(file, places, columns.get('time')?.byteLength ?? 0);
}

/** The parts of a file that are not what they were. */
export function damagedParts(file: Uint8Array, expected: Checksums, rows: number): string[] {
  const actual = sum(file, expected.columns, rows * 8);
  const damaged = expected.columns
    .filter(({ crc32: wanted }, i) => actual.columns[i]?.crc32 !== wanted)
    .map(({ name }) => `column ${name}`);
  return actual.frameCrc32 === expected.frameCrc32 ? damaged : [...damaged, 'header'];
}

type Place = Pick<ColumnChecksum, 'name' | 'offset'>;

function sum(file: Uint8Array, places: readonly Place[], columnLength: number): Checksums {
  let frameCrc32 = 0;
  let position = 0;
  const columns: ColumnChecksum[] = [];
  for (const { name, offset } of places) {
    frameCrc32 = crc32(file.subarray(position, offset), frameCrc32);
    position = offset + columnLength;
    columns.push({ name, offset, crc32: crc32(file.subarray(offset, position)) });
  }
  return { columns, frameCrc32: crc32(file.subarray(position), frameCrc32) };
}
