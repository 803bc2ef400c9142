/**
 * Reads a JSON file of bars: its rows become the table that they stand for, and that is read as a CSV file is, with the
 * same columns, times, zones and reasons for a bad row. A number goes through its shortest text, which gives the same
 * bits back.
 * Limitations: the file lies in memory; one that is not JSON lines must be below 512 MB.
 */
import { readFileSync } from 'node:fs';
import { defined } from '../../base/defined.ts';
import { GoboolError } from '../../base/error.ts';
import type { CsvTable } from '../csv/csv-options.ts';
import { parseCsv } from '../csv/parse-csv.ts';
import { readSource } from '../files.ts';
import type { DetectedFormat, WantedTable } from '../import/detected-format.ts';
import { type ParsedFile, textOfLines } from '../import/parsed-file.ts';
import { type Row, readJsonRows } from './json-rows.ts';

export interface ReadJson extends ParsedFile {
  readonly detected: DetectedFormat;
}

const ROWS_AT_ONCE = 4_096;

/** Throws GB_DATA_MISSING, GB_PERMISSION, GB_DATA_EMPTY, GB_JSON_FORMAT, and what `parseCsv` throws for the options. */
export async function readJson(path: string, file: string, options: WantedTable): Promise<ReadJson> {
  const bytes = readSource(path, () => readFileSync(path));
  if (bytes.length === 0) throw new GoboolError('GB_DATA_EMPTY', `${file} is empty.`, { hint: 'Check the file.' });
  const { names, rows, hasLines, bad } = readJsonRows(bytes, file);
  const table = encodeRows(rows);
  const read = await readTable(table, { ...options, fileName: file, ...(names && { names }) });
  const quoted = hasLines
    ? textOfLines(
        bytes,
        read.badRows.map(({ line }) => line),
      )
    : undefined;
  const unusable = read.badRows.map(row => ({ ...row, text: quoted?.get(row.line) ?? row.text }));
  return {
    ...read,
    file,
    badRows: [...bad.kept, ...unusable],
    badRowCount: bad.count + read.badRowCount,
    bytes: hasLines ? bytes : table,
  };
}

async function readTable(table: Uint8Array, options: Parameters<typeof parseCsv>[1]): Promise<CsvTable> {
  try {
    return await parseCsv(table, { ...options, delimiter: '\t', header: false });
  } catch (error) {
    if (!(error instanceof GoboolError) || error.code !== 'GB_CSV_FORMAT') throw error;
    const { message, hint, where } = error;
    throw new GoboolError('GB_JSON_FORMAT', message, { ...defined({ hint, where }), cause: error });
  }
}

/** One line a row, with tabs between its values; in parts, since one text would be too long. */
function encodeRows(rows: Iterable<Row>): Uint8Array {
  const parts: Uint8Array[] = [];
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${row?.map(cellText).join('\t') ?? ''}\n`);
    if (lines.length < ROWS_AT_ONCE) continue;
    parts.push(Buffer.from(lines.join('')));
    lines = [];
  }
  return Buffer.concat([...parts, Buffer.from(lines.join(''))]);
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/[\s"]/g, ' ');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
