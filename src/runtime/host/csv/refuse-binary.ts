/** Recognises files that are no CSV text at all, and says what they are. */
import { GoboolError } from '../../base/error.ts';

/** How many bytes are looked at. */
const HEAD_BYTES = 4096;

/** First bytes of the formats that people confuse with CSV most often. */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive (or a spreadsheet)'],
  [[0x1f, 0x8b], 'a gzip file'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], 'an Arrow file'],
  [[0xff, 0xfe], 'UTF-16 text'],
  [[0xfe, 0xff], 'UTF-16 text'],
];

const LF = 10;
const CR = 13;
/** As Excel for Mac writes "CSV (Macintosh)". The whole file would be one line, and stand in every message. */
const OLD_MAC = 'text whose lines end with CR alone';

const HINTS: Readonly<Record<string, string>> = { 'a Parquet file': 'Say so: `gobool data import --format parquet`.' };

/** Throws GB_CSV_FORMAT for a file that is not UTF-8 text, GB_DATA_EMPTY for one without a byte. */
export function refuseBinary(bytes: Uint8Array, fileName: string): void {
  if (bytes.length === 0) throw new GoboolError('GB_DATA_EMPTY', `${fileName} is empty.`, { hint: 'Check the file.' });
  const signed = SIGNATURES.find(([signature]) => signature.every((byte, index) => bytes[index] === byte))?.[1];
  const isOldMac = bytes.subarray(0, HEAD_BYTES).includes(CR) && !bytes.includes(LF);
  const kind = signed ?? (isOldMac ? OLD_MAC : undefined);
  const isBinary = bytes.subarray(0, HEAD_BYTES).includes(0);
  if (kind === undefined && !isBinary) return;
  throw new GoboolError('GB_CSV_FORMAT', `${fileName} is ${kind ?? 'binary'}, not CSV text.`, {
    hint: HINTS[kind ?? ''] ?? 'Unpack it or save it as CSV in UTF-8, then import that file.',
  });
}
