/** Orders of rows by a column. Equal rows stay in the order in which they were made; what has no value comes last. */

export type SortKey = number | string | null;

export interface Sorting {
  readonly column: number;
  readonly ascending: boolean;
}

export function sortRows(rows: readonly number[], keyOf: (row: number) => SortKey, ascending: boolean): number[] {
  const way = ascending ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a - b;
    return left < right ? -way : left > right ? way : a - b;
  });
}
