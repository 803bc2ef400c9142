import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import type { BadRow, RawColumns } from './raw-columns.ts';

/** One source file after parsing. */
export interface ParsedFile {
  /** Its name, as the user knows it. */
  readonly file: string;
  readonly columns: RawColumns;
  /** The 1-based line of each row of `columns`; where a format has no lines, the number of its row. */
  readonly lines: Uint32Array;
  /** The first rows that could not be read. */
  readonly badRows: readonly BadRow[];
  /** All of them. */
  readonly badRowCount: number;
  /** The zone that the user named for its times; absent: UTC. */
  readonly zone?: ZoneOffsets;
  /** The file's text, to quote a row that turns out to be bad; a file that is no text is quoted by its values. */
  readonly bytes?: Uint8Array;
}

const TEXT_BYTES_MAX = 200;

/** The texts of some lines (1-based) in one pass over the file, each cut, by default to what fits a screen. */
export function textOfLines(
  bytes: Uint8Array,
  lines: readonly number[],
  bytesMax = TEXT_BYTES_MAX,
): Map<number, string> {
  const texts = new Map<number, string>();
  const decoder = new TextDecoder();
  let line = 1;
  let start = 0;
  for (const wanted of [...lines].sort((a, b) => a - b)) {
    while (line < wanted && start < bytes.length) {
      start = endOfLine(bytes, start) + 1;
      line++;
    }
    const end = Math.min(endOfLine(bytes, start), start + bytesMax);
    texts.set(wanted, decoder.decode(bytes.subarray(start, end)).replace(/\r$/, ''));
  }
  return texts;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(10, from);
  return end < 0 ? bytes.length : end;
}
