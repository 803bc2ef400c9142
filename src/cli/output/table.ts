/** Rows as aligned columns, for people. Some columns may give way where the terminal is narrow, the widest first. */
import type { Paint, Style } from './colour.ts';
import { cutToWidth, textWidth } from './text-width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Of its cells; a function: by what one says. */
  readonly style?: Style | ((cell: string) => Style | undefined);
  /** This column is cut where the table would be wider than the terminal; a number: but not below so many columns. */
  readonly shrinks?: boolean | number;
}

export interface TableStyle {
  readonly paint: Paint;
  /** Width of the terminal. */
  readonly columns: number;
}

const GAP = '  ';
const SHRUNK_WIDTH_MIN = 6;

/** Titles, then rows. A row has a cell for every column. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[], style: TableStyle): string {
  const widths = shrink(columns, naturalWidths(columns, rows), style.columns);
  const titles = line(
    columns.map((column, index) => pad(column.title, widths[index], column, cell => style.paint('dim', cell))),
  );
  const body = rows.map(row =>
    line(
      columns.map((column, index) =>
        pad(row[index] ?? '', widths[index], column, cell => painted(column, cell, style)),
      ),
    ),
  );
  return [titles, ...body].join('\n');
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly number[] {
  return columns.map(({ title }, index) => Math.max(title.length, ...rows.map(row => textWidth(row[index] ?? ''))));
}

function shrink(columns: readonly Column[], widths: readonly number[], available: number): readonly number[] {
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
  const shrunk = [...widths];
  for (let excess = total - available; excess > 0; excess--) {
    const canShrink = (index: number) => (shrunk[index] ?? 0) > leastWidth(columns[index]);
    const widest = Math.max(...shrunk.filter((_, index) => canShrink(index)));
    const at = shrunk.findIndex((width, index) => width === widest && canShrink(index));
    if (at === -1) break;
    shrunk[at] = widest - 1;
  }
  return shrunk;
}

function leastWidth({ shrinks = false }: Partial<Column> = {}): number {
  if (typeof shrinks === 'number') return shrinks;
  return shrinks ? SHRUNK_WIDTH_MIN : Number.POSITIVE_INFINITY;
}

/** Colour codes have no width, so a cell is padded first and painted then. */
function pad(text: string, width = 0, { align }: Column, paintCell: (cell: string) => string): string {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(width - textWidth(cut));
  return align === 'right' ? space + paintCell(cut) : paintCell(cut) + space;
}

function painted({ style }: Column, cell: string, { paint }: TableStyle): string {
  const chosen = typeof style === 'function' ? style(cell) : style;
  return chosen === undefined || cell === '' ? cell : paint(chosen, cell);
}

function line(cells: readonly string[]): string {
  return cells.join(GAP).trimEnd();
}
