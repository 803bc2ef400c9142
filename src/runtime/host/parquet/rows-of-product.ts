/** Which rows of a file are those of one product, where a column says whose they are. */
import type { SchemaElement } from 'hyparquet';
import { symbolColumn } from '../csv/column-names.ts';
import { isOneSeries, ownProduct } from '../import/own-product.ts';
import type { RawColumns } from '../import/raw-columns.ts';
import { decodeTexts } from './column-texts.ts';
import { columnType } from './column-type.ts';
import { type ParquetFile, parquetError } from './open-parquet.ts';
import { readColumn } from './read-column.ts';

/** Undefined: all rows are of one. Throws GB_PARQUET_FORMAT where they are of several, none of which is `symbol`. */
export function rowsOfProduct(
  file: ParquetFile,
  columns: RawColumns,
  symbol: string | undefined,
): { readonly symbol: string; readonly rows: Uint32Array } | undefined {
  const element = file.columns[symbolColumn(file.columns.map(({ name }) => name))];
  if (element === undefined || isOneSeries(columns)) return undefined;
  const { places, found } = placesOfTexts(file, element);
  if (found.length < 2) return undefined;
  const own = ownProduct(found, symbol, (problem, hint) => parquetError(file.name, problem, { hint }));
  const place = found.indexOf(own);
  return { symbol: own, rows: Uint32Array.from(places.keys()).filter(row => places[row] === place) };
}

/** The distinct texts of a column, and for each row the place of its text among them. */
function placesOfTexts(file: ParquetFile, element: SchemaElement) {
  const places = new Map<string, number>();
  const { meaning } = columnType(element);
  if (meaning !== 'text' && meaning !== 'number') return { places: new Float64Array(0), found: [] };
  const decoder = new TextDecoder();
  const placeOf = (bytes: Uint8Array): number => {
    const text = decoder.decode(bytes);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  return { places: readColumn(file, element, decodeTexts(element, placeOf)), found: [...places.keys()] };
}

export function onlyRows(columns: RawColumns, rows: Uint32Array): RawColumns {
  const cut = (column: Float64Array): Float64Array => Float64Array.from(rows, row => column[row] as number);
  const { time, open, high, low, close, volume, spread } = columns;
  return {
    length: rows.length,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
    ...(spread && { spread: cut(spread) }),
  };
}
