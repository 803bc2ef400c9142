/**
 * Reads a Parquet file of bars, as pyarrow, pandas, Polars, DuckDB, Spark and gobool itself write them, into columns of
 * numbers. Only the columns of bars are read, one after another and a row group at a time, so that beside the result
 * no more than one column of one row group lies in memory.
 * Limitations: no encryption, no LZ4 and no LZO; columns inside groups are not seen.
 */
import type { SchemaElement } from 'hyparquet';
import { decodeMeta } from '../catalog/arrow-file.ts';
import type { DatasetMeta } from '../catalog/stored-dataset.ts';
import { type ColumnLook, type ColumnRole, checkColumnNames, rolesOfNames } from '../csv/column-names.ts';
import { namedColumns } from '../csv/csv-errors.ts';
import { placesOf } from '../csv/csv-layout.ts';
import { isClock } from '../csv/detect-time-format.ts';
import { mixedEpochs } from '../csv/mixed-epochs.ts';
import { offsetsOfZone } from '../csv/offsets-of-zone.ts';
import { parseNumber } from '../csv/parse-number.ts';
import type { DetectedFormat, TableOptions, WantedTable } from '../import/detected-format.ts';
import type { ParsedFile } from '../import/parsed-file.ts';
import { decodeTexts, textsOfColumn } from './column-texts.ts';
import { columnType } from './column-type.ts';
import { openParquet, type ParquetFile, parquetError } from './open-parquet.ts';
import { readTimes } from './parquet-times.ts';
import { readColumn } from './read-column.ts';
import { onlyRows, rowsOfProduct } from './rows-of-product.ts';
import { toNumbers } from './stored-numbers.ts';

export interface ReadParquet extends ParsedFile {
  readonly detected: DetectedFormat;
  /** What gobool says of a dataset in the files that it exports. */
  readonly meta?: DatasetMeta;
}

const CLOCK_SAMPLE_ROWS = 20;
const META_KEYS = ['product', 'interval', 'source', 'factors'];

/**
 * Throws GB_DATA_MISSING, GB_PERMISSION, GB_PARQUET_FORMAT; GB_CSV_OPTION for an option that means nothing, and
 * GB_CSV_AMBIGUOUS_DATE for written dates that can be read in two ways.
 */
export async function readParquet(path: string, name: string, options: WantedTable): Promise<ReadParquet> {
  const { columns = [], timeZone = 'UTC' } = options;
  checkColumnNames(columns);
  const zone = await offsetsOfZone(timeZone);
  const file = await openParquet(path, name);
  try {
    const meta = metaOf(file);
    const roles = rolesOf(file, options, meta !== undefined);
    const place = placesOf(roles);
    const columnAt = (index: number): SchemaElement => file.columns[index] as SchemaElement;
    const clock = place.clock < 0 ? undefined : columnAt(place.clock);
    const times = readTimes(file, { time: columnAt(place.time), clock, timeFormat: options.timeFormat, zone });
    const numbers = (index: number): Float64Array => readNumbers(file, columnAt(index));
    const all = {
      length: file.rows,
      time: times.time,
      open: numbers(place.open),
      high: numbers(place.high),
      low: numbers(place.low),
      close: numbers(place.close),
      volume: place.volume < 0 ? new Float64Array(file.rows) : numbers(place.volume),
      ...(place.spread >= 0 && { spread: numbers(place.spread) }),
    };
    const own = rowsOfProduct(file, all, options.symbol);
    const read = own === undefined ? all : onlyRows(all, own.rows);
    const lines = own?.rows.map(row => row + 1) ?? new Uint32Array(file.rows).map((_, row) => row + 1);
    const mixed = times.isEpoch ? mixedEpochs(read, lines, 'row') : undefined;
    if (mixed !== undefined) throw parquetError(name, mixed, { hint: 'Name another column of times with --columns.' });
    return {
      file: name,
      columns: read,
      lines,
      badRows: [],
      badRowCount: 0,
      ...(zone && { zone }),
      detected: {
        columns: roles,
        timeFormat: times.format,
        timeZone,
        stamp: options.stamp ?? 'open',
        ...(own && { symbol: own.symbol }),
      },
      ...(meta && { meta }),
    };
  } finally {
    file.close();
  }
}

function rolesOf(file: ParquetFile, options: TableOptions, isOwn: boolean): ColumnRole[] {
  const hint = 'Say what the columns are: --columns time,open,high,low,close,volume with "-" for one to ignore.';
  const names = options.columns ?? file.columns.map(({ name }) => name);
  if (names.length > file.columns.length) {
    throw parquetError(file.name, `${names.length} columns are named, but it has ${file.columns.length}`, { hint });
  }
  const look: ColumnLook = { isClock: index => holdsClock(file, index), isZero: () => false };
  const roles = rolesOfNames(names, look, isOwn || options.columns !== undefined);
  const places = placesOf(roles);
  const missing = (['time', 'open', 'high', 'low', 'close'] as const).filter(role => places[role] < 0);
  if (missing.length === 0) return roles;
  if (names.length === 0) throw parquetError(file.name, 'it has no columns, or only such as lie in groups');
  throw parquetError(file.name, `no column for ${missing.join(', ')} among ${namedColumns(names)}`, { hint });
}

function holdsClock(file: ParquetFile, index: number): boolean {
  const element = file.columns[index] as SchemaElement;
  const { meaning } = columnType(element);
  return meaning === 'clock' || (meaning === 'text' && isClock(textsOfColumn(file, element, CLOCK_SAMPLE_ROWS)));
}

/** Numbers written as texts count too, as they do in CSV. */
function readNumbers(file: ParquetFile, element: SchemaElement): Float64Array {
  const type = columnType(element);
  if (type.meaning === 'number') return readColumn(file, element, values => toNumbers(values, type));
  if (type.meaning !== 'text') throw parquetError(file.name, `column "${element.name}" is of type ${type.label}`);
  return readColumn(
    file,
    element,
    decodeTexts(element, text => parseNumber(text, 0, text.length)),
  );
}

function metaOf({ metadata, name }: ParquetFile): DatasetMeta | undefined {
  if (!META_KEYS.every(key => metadata.has(key))) return undefined;
  try {
    return decodeMeta(metadata);
  } catch (cause) {
    throw parquetError(name, 'what it says of its dataset cannot be read', { cause });
  }
}
