/** One measured number, and the table of them. */
export interface Row {
  readonly name: string;
  /** Median of the rounds. */
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '%' | 'rows/s' | 'tasks/s';
  /** What the value is compared with, `value / ratio` of it. */
  readonly against?: string;
  readonly ratio?: number;
  /** The largest ratio, or value where there is none, that we want; of things a second the smallest. */
  readonly wanted?: number;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** A row that compares two series of milliseconds by their medians. */
export function compared(name: string, ms: readonly number[], against: string, others: readonly number[]): Row {
  return { name, value: median(ms), unit: 'ms', against, ratio: median(ms) / median(others) };
}

export function isMet({ value, unit, ratio, wanted }: Row): boolean {
  if (wanted === undefined) return true;
  return unit.endsWith('/s') ? value >= wanted : (ratio ?? value) <= wanted;
}

export function tableOf(rows: readonly Row[]): string {
  const cells = [['', 'median', 'ratio', 'wanted', ''], ...rows.map(cellsOf)];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => row[column]!.length)));
  const lineOf = (row: readonly string[]): string =>
    row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!))).join('  ');
  return cells.map(row => lineOf(row).trimEnd()).join('\n');
}

function cellsOf(row: Row): string[] {
  const { name, value, unit, against, ratio, wanted } = row;
  return [
    name,
    `${rounded(value)} ${unit}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)} x ${against}`,
    wanted === undefined ? '' : rounded(wanted),
    wanted === undefined ? '' : isMet(row) ? 'met' : 'MISSED',
  ];
}

function rounded(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
