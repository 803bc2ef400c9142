/**
 * One column of a Parquet file, page after page, into one array of float64. hyparquet decodes what the pages hold; what
 * is done here is what makes it quick: a column that may be null but is not, as every library writes it, is copied
 * whole, where hyparquet would place its values one by one (five times slower, and in boxed arrays).
 */
import { crc32 } from 'node:zlib';
import type { ColumnMetaData, DecodedArray, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { DECOMPRESSORS } from './decompressors.ts';
import { type ParquetFile, parquetError } from './open-parquet.ts';

/** Turns stored values into numbers. */
export type Decode = (values: DecodedArray) => Float64Array;

type PageHeader = ReturnType<typeof parquetHeader>;

/** The values of a page and which rows have one. */
interface Page {
  readonly rows: number;
  /** 1 where the row has a value, 0 where it is null; undefined where all have one. */
  readonly present: Uint8Array | undefined;
  readonly encoding: string;
  readonly bytes: Uint8Array;
}

/** All rows of a column; NaN for null. Throws GB_PARQUET_FORMAT. */
export function readColumn(file: ParquetFile, element: SchemaElement, decode: Decode): Float64Array {
  const out = new Float64Array(file.rows);
  let row = 0;
  try {
    for (const { columns, num_rows } of file.groups) {
      const chunk = columns.find(({ meta_data: meta }) => meta?.path_in_schema.join('.') === element.name)?.meta_data;
      if (chunk === undefined) throw new Error('a row group lacks it');
      const rows = Number(num_rows);
      readChunk(chunkBytes(file, chunk), chunk, element, decode, out.subarray(row, row + rows));
      row += rows;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw parquetError(file.name, `column "${element.name}" cannot be read: ${reason}`, { cause: error });
  }
  return out;
}

/** Polars writes no place of the dictionary: then the data starts with it. */
function chunkBytes(file: ParquetFile, chunk: ColumnMetaData): Uint8Array {
  const from = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  return file.read(from, Number(chunk.total_compressed_size));
}

function readChunk(
  bytes: Uint8Array,
  chunk: ColumnMetaData,
  element: SchemaElement,
  decode: Decode,
  out: Float64Array,
): void {
  const reader = { view: viewOf(bytes), offset: 0 };
  let dictionary: Float64Array | undefined;
  let row = 0;
  while (row < out.length) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (end > bytes.length) throw new Error('it is cut off');
    const body = bytes.subarray(reader.offset, end);
    reader.offset = end;
    if (header.crc !== undefined && crc32(body) !== header.crc >>> 0) throw new Error('a checksum is wrong');
    if (header.dictionary_page_header !== undefined) {
      const page = decompress(body, header.uncompressed_page_size, chunk);
      const start = { view: viewOf(page), offset: 0 };
      const { num_values } = header.dictionary_page_header;
      dictionary = decode(readPlain(start, chunk.type, num_values, element.type_length));
    } else {
      const page = openPage(body, header, chunk, element);
      place(out.subarray(row, row + page.rows), page.present, valuesOf(page, chunk, element, dictionary, decode));
      row += page.rows;
    }
  }
}

function openPage(body: Uint8Array, header: PageHeader, chunk: ColumnMetaData, element: SchemaElement): Page {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  const isOptional = element.repetition_type !== 'REQUIRED';
  if (first !== undefined) {
    const { num_values: rows, encoding } = first;
    const page = decompress(body, size, chunk);
    if (!isOptional) return { rows, present: undefined, encoding, bytes: page };
    const levelBytes = 4 + viewOf(page).getUint32(0, true);
    return { rows, present: levelsOf(page.subarray(4, levelBytes), rows), encoding, bytes: page.subarray(levelBytes) };
  }
  if (second === undefined) throw new Error(`pages of the kind ${header.type} are unknown`);
  const { num_values: rows, encoding, repetition_levels_byte_length: skipped } = second;
  const levelsEnd = skipped + second.definition_levels_byte_length;
  const present = isOptional && second.num_nulls > 0 ? levelsOf(body.subarray(skipped, levelsEnd), rows) : undefined;
  const packed = body.subarray(levelsEnd);
  const bytes = second.is_compressed ? decompress(packed, size - levelsEnd, chunk) : packed;
  return { rows, present, encoding, bytes };
}

/** Which rows have a value; undefined where one run says that all have. */
function levelsOf(bytes: Uint8Array, rows: number): Uint8Array | undefined {
  const levels = new Uint8Array(rows);
  const reader = { view: viewOf(bytes), offset: 0 };
  readRleBitPackedHybrid(reader, 1, levels, bytes.length);
  return levels.includes(0) ? levels : undefined;
}

/** Once nulls are known, the rest of a page reads like one of a column that has none. */
function valuesOf(
  { rows, present, encoding, bytes }: Page,
  { type }: ColumnMetaData,
  element: SchemaElement,
  dictionary: Float64Array | undefined,
  decode: Decode,
): Float64Array {
  const count = present === undefined ? rows : present.reduce((sum, flag) => sum + flag, 0);
  if (count === 0) return new Float64Array();
  const header = { num_values: count, encoding } as Parameters<typeof readDataPage>[1];
  const column = { type, element, schemaPath: [] } as unknown as Parameters<typeof readDataPage>[2];
  const { dataPage } = readDataPage(bytes, header, column);
  if (!encoding.endsWith('_DICTIONARY')) return decode(dataPage);
  if (dictionary === undefined) throw new Error('its dictionary is missing');
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = dictionary[dataPage[i]] as number;
  return values;
}

function place(out: Float64Array, present: Uint8Array | undefined, values: Float64Array): void {
  if (present === undefined) {
    out.set(values);
    return;
  }
  let next = 0;
  for (let row = 0; row < out.length; row++) out[row] = present[row] === 1 ? (values[next++] as number) : Number.NaN;
}

function decompress(bytes: Uint8Array, size: number, { codec }: ColumnMetaData): Uint8Array {
  return decompressPage(bytes, size, codec, DECOMPRESSORS);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
