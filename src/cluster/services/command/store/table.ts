/** Rows whose columns are the fields of an object, many at once as one JSON value. */

type ColumnType = 'text' | 'integer' | 'bigint' | 'jsonb';

export interface Table<T> {
  readonly name: string;
  readonly columns: { readonly [K in keyof T & string]: ColumnType };
}

const columnOf = (field: string) => field.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
const entriesOf = <T>({ columns }: Table<T>) => Object.entries<ColumnType>(columns);

/** `task_id, place`. */
export const columnList = <T>(table: Table<T>): string =>
  entriesOf(table)
    .map(([field]) => columnOf(field))
    .join(', ');

/** `task_id AS "taskId", place::float8 AS "place"`: numbers, all below 2^53. */
export const selectList = <T>(table: Table<T>): string =>
  entriesOf(table)
    .map(([field, type]) => `${columnOf(field)}${type === 'bigint' ? '::float8' : ''} AS "${field}"`)
    .join(', ');

/** `jsonb_to_recordset($1::jsonb) AS rows("taskId" text, ...)`: what a JSON array of such objects holds. */
export const records = <T>(table: Table<T>, parameter: string): string =>
  `jsonb_to_recordset(${parameter}::jsonb) AS rows(${entriesOf(table)
    .map(([field, type]) => `"${field}" ${type}`)
    .join(', ')})`;

export const insertFrom = <T>(table: Table<T>, parameter: string): string =>
  `INSERT INTO ${table.name} (${columnList(table)})
   SELECT ${entriesOf(table)
     .map(([field]) => `rows."${field}"`)
     .join(', ')} FROM ${records(table, parameter)}`;

/** `place = rows."place", ...` */
export const assignments = <T>(table: Table<T>): string =>
  entriesOf(table)
    .map(([field]) => `${columnOf(field)} = rows."${field}"`)
    .join(', ');
