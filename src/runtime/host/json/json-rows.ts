/**
 * The rows of a JSON file, in each of the forms that such files have: one record a line; an array of records, alone or
 * as a member of an object, as exchanges answer; one array a column; or, as pandas writes it, one object a column with
 * the index as its keys, or arrays with the names of their columns beside them. A record is an object or an array of
 * plain values.
 */
import { constants } from 'node:buffer';
import { GoboolError } from '../../base/error.ts';
import { textOfLines } from '../import/parsed-file.ts';
import type { BadRow } from '../import/raw-columns.ts';

/** Plain values in a row; undefined where the file has no record. */
export type Row = readonly unknown[] | undefined;

export interface JsonRows {
  /** Undefined where the records are arrays. */
  readonly names: readonly string[] | undefined;
  /** Row `i` stands in line `i + 1` of the file where `hasLines`, else it is its record `i + 1`. To be read once. */
  readonly rows: Iterable<Row>;
  readonly hasLines: boolean;
  /** What stands where a record should: complete when all rows are read. */
  readonly bad: NoRecords;
}

interface NoRecords {
  count: number;
  /** The first ones. */
  readonly kept: BadRow[];
}

/** No text can be longer. */
const DOCUMENT_BYTES_MAX = constants.MAX_STRING_LENGTH;
const DEPTH_MAX = 5;
const KEPT_MAX = 1_000;
/** Records that are looked at for the names of their members. */
const SAMPLE_ROWS = 200;
const TEXT_LENGTH_MAX = 200;

/** Throws GB_JSON_FORMAT. */
export function readJsonRows(bytes: Uint8Array, file: string): JsonRows {
  if (/\.(ndjson|jsonl)$/i.test(file) || isRecord(parsed(firstLine(bytes)))) return rowsOfLines(bytes, file);
  return rowsOfDocument(parseDocument(bytes, file), file);
}

function jsonError(file: string, problem: string, cause?: unknown): GoboolError {
  return new GoboolError('GB_JSON_FORMAT', `${file}: ${problem}`, { where: { file }, cause });
}

function parseDocument(bytes: Uint8Array, file: string): unknown {
  if (bytes.length > DOCUMENT_BYTES_MAX) throw tooLarge(file);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw jsonError(file, error instanceof Error ? `${error.message}.` : String(error), error);
  }
}

function tooLarge(file: string): GoboolError {
  const message = `${file}: it is larger than 512 MB, the most that is read of JSON that is not one record a line.`;
  const hint = "Write one record a line, as `jq -c '.[]'` does, to a file that ends in .ndjson.";
  return new GoboolError('GB_JSON_FORMAT', message, { hint, where: { file } });
}

/** Undefined for a text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(bytes: Uint8Array): string {
  return textOfLines(bytes, [1], DOCUMENT_BYTES_MAX).get(1) ?? '';
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is object {
  return isContainer(value) && !Object.values(value).some(isContainer);
}

function rowsOfLines(bytes: Uint8Array, file: string): JsonRows {
  const names = namesOf(firstRecords(bytes));
  const bad: NoRecords = { count: 0, kept: [] };
  const rows = function* (): Generator<Row, void> {
    let line = 0;
    for (const text of linesOf(bytes)) {
      line++;
      const record = parsed(text);
      yield isContainer(record) ? rowOf(record, names) : undefined;
      if (text === '' || isContainer(record)) continue;
      add(bad, { file, line, reason: 'the line is not a JSON object or array', text });
    }
  };
  return { names, rows: rows(), hasLines: true, bad };
}

function add(bad: NoRecords, row: BadRow): void {
  bad.count++;
  if (bad.kept.length < KEPT_MAX) bad.kept.push({ ...row, text: row.text.slice(0, TEXT_LENGTH_MAX) });
}

function firstRecords(bytes: Uint8Array): object[] {
  const records: object[] = [];
  for (const text of linesOf(bytes)) {
    const record = parsed(text);
    if (isContainer(record)) records.push(record);
    if (records.length === SAMPLE_ROWS) break;
  }
  return records;
}

/** One after another, so that never more than one lies in memory as objects. */
function* linesOf(bytes: Uint8Array): Generator<string, void> {
  const decoder = new TextDecoder();
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from);
    const end = newline < 0 ? bytes.length : newline;
    yield decoder.decode(bytes.subarray(from, end)).trim();
    from = end + 1;
  }
}

function rowsOfDocument(value: unknown, file: string): JsonRows {
  if (Array.isArray(value)) return rowsOfRecords(value, file);
  const members = isContainer(value) ? Object.entries(value).filter(([, member]) => isContainer(member)) : [];
  const records = members.find(([, member]) => Array.isArray(member) && member.some(isContainer))?.[1];
  if (records !== undefined) return rowsWithNames(records as readonly unknown[], members, file);
  if (members.length === 0) throw jsonError(file, 'it holds no rows.');
  refuseDeepRows(members, file);
  return { ...rowsOfColumns(members, file), hasLines: false, bad: { count: 0, kept: [] } };
}

/** Exchanges wrap their answers; what stands beside the rows there would be taken for columns. */
function refuseDeepRows(members: readonly (readonly [string, object])[], file: string): void {
  const found = pathOfRows(Object.fromEntries(members), DEPTH_MAX);
  if (found === undefined) return;
  const path = found.replace(/^\[/, '.[');
  const message = `${file}: its rows lie in ${path}, deeper than a member of the whole.`;
  const hint = `Take them out first: jq '${path}' ${file} > rows.json, then import that file.`;
  throw new GoboolError('GB_JSON_FORMAT', message, { hint, where: { file } });
}

/** Where the first array of records lies, as jq writes it: `.result.list`. */
function pathOfRows(value: object, depth: number): string | undefined {
  for (const [name, member] of Object.entries(value)) {
    if (!isContainer(member) || depth === 0) continue;
    const step = /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    if (Array.isArray(member)) {
      if (member.some(isRecord)) return step;
      continue;
    }
    const rest = pathOfRows(member, depth - 1);
    if (rest !== undefined) return step + rest;
  }
  return undefined;
}

/** pandas' `orient="split"` writes the names of the columns beside arrays of their values, and the index too. */
function rowsWithNames(
  records: readonly unknown[],
  members: readonly (readonly [string, object])[],
  file: string,
): JsonRows {
  const [first] = records;
  if (!Array.isArray(first)) return rowsOfRecords(records, file);
  const names = members.find(([, member]) => isNames(member, first.length))?.[1] as readonly string[] | undefined;
  const index = members.find(([name]) => name === 'index')?.[1];
  if (names === undefined) return rowsOfRecords(records, file);
  if (!Array.isArray(index) || index.length !== records.length) return { ...rowsOfRecords(records, file), names };
  const indexed = records.map((record, row) => (Array.isArray(record) ? [index[row], ...record] : record));
  return { ...rowsOfRecords(indexed, file), names: ['', ...names] };
}

function isNames(value: object, length: number): boolean {
  return Array.isArray(value) && value.length === length && value.every(name => typeof name === 'string');
}

function rowsOfRecords(records: readonly unknown[], file: string): JsonRows {
  const bad: NoRecords = { count: 0, kept: [] };
  const names = namesOf(records.slice(0, SAMPLE_ROWS).filter(isContainer));
  const rows = function* (): Generator<Row, void> {
    for (const [index, record] of records.entries()) {
      yield isContainer(record) ? rowOf(record, names) : undefined;
      if (isContainer(record)) continue;
      const reason = 'the record is not a JSON object or array';
      add(bad, { file, line: index + 1, reason, text: JSON.stringify(record) });
    }
  };
  return { names, rows: rows(), hasLines: false, bad };
}

/** The members of the first records; undefined where these are arrays. */
function namesOf(sample: readonly object[]): readonly string[] | undefined {
  return sample.some(Array.isArray) ? undefined : [...new Set(sample.flatMap(Object.keys))];
}

function rowOf(record: object, names: readonly string[] | undefined): Row {
  return names === undefined ? Object.values(record) : names.map(name => (record as Record<string, unknown>)[name]);
}

/** pandas' index has no name, and counts where no other column holds times. */
function rowsOfColumns(
  members: readonly (readonly [string, object])[],
  file: string,
): Pick<JsonRows, 'names' | 'rows'> {
  const index = members.flatMap(([, member]) => (Array.isArray(member) ? [] : [Object.keys(member)]))[0];
  const columns = [
    ...(index ? [index] : []),
    ...members.map(([, member]): readonly unknown[] => Object.values(member)),
  ];
  const names = [...(index ? [''] : []), ...members.map(([name]) => name)];
  const length = columns[0]?.length ?? 0;
  const other = columns.findIndex(column => column.length !== length);
  if (other >= 0) {
    const lengths = `"${names[other]}" has ${columns[other]?.length} values, "${names[0]}" has ${length}`;
    throw jsonError(file, `its columns are of different lengths: ${lengths}.`);
  }
  const rows = function* (): Generator<Row, void> {
    for (let row = 0; row < length; row++) yield columns.map(column => column[row]);
  };
  return { names, rows: rows() };
}
