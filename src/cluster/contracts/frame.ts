/**
 * Plain data with columns as bytes: what bundles take and give, on its way through pipes, stores and the log. JSON
 * for the structure, raw little-endian columns behind it; numbers that JSON does not know (NaN, infinities, -0) keep
 * their bits. Layout: `GBF1`, length of the JSON (uint32), the JSON, zeros up to a multiple of 8, the columns.
 * Decoding trusts nothing: whatever does not fit is `GB_FRAME_INVALID`.
 */
import { GoboolError } from '../../runtime/base/error.ts';

type Column = Float64Array | Int32Array;

interface ColumnMark {
  readonly $: 'f64' | 'i32';
  readonly at: number;
  readonly n: number;
}

/** What stands in the JSON for something that JSON cannot say. `at`: bytes from the beginning of the columns. */
type Mark =
  | ColumnMark
  | { readonly $: 'number'; readonly is: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { readonly $: 'plain'; readonly is: Readonly<Record<string, unknown>> };

const MAGIC = Buffer.from('GBF1');
const HEADER_BYTES = 8;
const COLUMN_TYPES = { f64: Float64Array, i32: Int32Array } as const;

/** Without this key JSON has no mark, and needs no second look, which takes ten times as long as the first. */
const MARK_KEY = /"(?:\$|\\u0024)"/;

const paddedTo8 = (bytes: number) => Math.ceil(bytes / 8) * 8;

/**
 * `value`: objects, arrays, strings, numbers, booleans, null, Float64Array, Int32Array. Equal data gives equal bytes.
 */
export function encodeFrame(value: unknown): Buffer {
  const columns: Column[] = [];
  let at = 0;
  const mark = (column: Column): Mark => {
    const place = at;
    columns.push(column);
    at += paddedTo8(column.byteLength);
    return { $: column instanceof Float64Array ? 'f64' : 'i32', at: place, n: column.length };
  };
  const json = Buffer.from(JSON.stringify(isPlainJson(value) ? value : markedUp(value, mark)));
  const start = paddedTo8(HEADER_BYTES + json.length);
  const frame = Buffer.alloc(start + at);
  MAGIC.copy(frame);
  frame.writeUInt32LE(json.length, 4);
  json.copy(frame, HEADER_BYTES);
  let offset = start;
  for (const { buffer, byteOffset, byteLength } of columns) {
    frame.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += paddedTo8(byteLength);
  }
  return frame;
}

/** The data with columns of its own. Throws `GB_FRAME_INVALID`. The caller checks the shape. */
export function decodeFrame(frame: Uint8Array): unknown {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) throw invalid('it does not begin as a frame');
  const jsonEnd = HEADER_BYTES + bytes.readUInt32LE(4);
  if (jsonEnd > bytes.length) throw invalid('it is cut short');
  const column = columnReader(bytes.subarray(Math.min(bytes.length, paddedTo8(jsonEnd))));
  try {
    const json = bytes.toString('utf8', HEADER_BYTES, jsonEnd);
    return MARK_KEY.test(json) ? JSON.parse(json, (_key, value) => unmarked(value, column)) : JSON.parse(json);
  } catch (error) {
    throw error instanceof GoboolError ? error : invalid('its structure cannot be read');
  }
}

/** Whether JSON says all of it by itself. */
function isPlainJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (value === null || typeof value !== 'object') return true;
  if (value instanceof Float64Array || value instanceof Int32Array) return false;
  if (Array.isArray(value)) return value.every(isPlainJson);
  return !('$' in value) && Object.values(value).every(isPlainJson);
}

function markedUp(value: unknown, mark: (column: Column) => Mark): unknown {
  if (typeof value === 'number') return markedNumber(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Float64Array || value instanceof Int32Array) return mark(value);
  if (Array.isArray(value)) return value.map(item => markedUp(item, mark));
  const fields = Object.entries(value).map(([key, field]) => [key, markedUp(field, mark)]);
  const plain = Object.fromEntries(fields);
  return '$' in plain ? ({ $: 'plain', is: plain } satisfies Mark) : plain;
}

function markedNumber(value: number): number | Mark {
  if (Object.is(value, -0)) return { $: 'number', is: '-0' };
  return Number.isFinite(value) ? value : { $: 'number', is: String(value) as 'NaN' };
}

function unmarked(value: unknown, column: (mark: ColumnMark) => Column): unknown {
  if (value === null || typeof value !== 'object' || !('$' in value)) return value;
  const mark = value as Mark;
  switch (mark.$) {
    case 'plain':
      return mark.is;
    case 'number':
      return Number(mark.is);
    case 'f64':
    case 'i32':
      return column(mark);
    default:
      // The content of a `plain` mark is visited before the mark itself.
      return value;
  }
}

/** Columns of its own for each mark. All together they are not longer than the bytes, so a short frame stays small. */
function columnReader(bytes: Buffer): (mark: ColumnMark) => Column {
  let left = bytes.length;
  return ({ $, at, n }) => {
    const Type = COLUMN_TYPES[$];
    const isPlace = Number.isSafeInteger(at) && Number.isSafeInteger(n) && at >= 0 && n >= 0;
    const length = n * Type.BYTES_PER_ELEMENT;
    left -= length;
    if (!isPlace || at + length > bytes.length || left < 0) throw invalid('a column lies outside of it');
    const own = new Uint8Array(length);
    own.set(bytes.subarray(at, at + length));
    return new Type(own.buffer);
  };
}

const invalid = (why: string) => new GoboolError('GB_FRAME_INVALID', `A frame cannot be read: ${why}.`);
