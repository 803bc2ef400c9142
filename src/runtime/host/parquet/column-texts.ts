/** Values of a Parquet column as texts: strings as they are stored, whole numbers as their digits. */
import type { DecodedArray, SchemaElement } from 'hyparquet';
import { columnType } from './column-type.ts';
import type { ParquetFile } from './open-parquet.ts';
import { type Decode, readColumn } from './read-column.ts';
import { toNumbers } from './stored-numbers.ts';

/** A decoder that reads each value from its text, UTF-8. */
export function decodeTexts(element: SchemaElement, read: (text: Uint8Array) => number): Decode {
  return values => Float64Array.from(textsOf(values, element), text => read(text));
}

/**
 * The distinct texts at the start of a column where it is stored with a dictionary, else its first ones; of the first
 * row group, or of all.
 */
export function textsOfColumn(file: ParquetFile, element: SchemaElement, countMax: number, groupsMax = 1): string[] {
  const texts: string[] = [];
  const decoder = new TextDecoder();
  const groups = file.groups.slice(0, groupsMax);
  const rows = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  readColumn({ ...file, groups, rows }, element, values => {
    for (const text of textsOf(values.slice(0, countMax - texts.length), element)) texts.push(decoder.decode(text));
    return new Float64Array(values.length);
  });
  return texts;
}

function textsOf(values: DecodedArray, element: SchemaElement): readonly Uint8Array[] {
  const type = columnType(element);
  if (type.meaning === 'text') return values as Uint8Array[];
  const encoder = new TextEncoder();
  return Array.from(toNumbers(values, type), value => encoder.encode(String(value)));
}
