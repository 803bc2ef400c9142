/**
 * A real table that may have any number of rows: only those in sight are in the page, between two rows as high as what
 * they stand for. Titles sort; a row can be chosen with the pointer, or reached with the arrows and chosen with Enter.
 */
import type { Column } from '../runtime/report/html/page-data.ts';
import { element } from './dom.ts';
import { type Sorting, type SortKey, sortRows } from './sort-rows.ts';
import { visibleRows } from './visible-rows.ts';

export interface LongColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly text: (row: number) => string;
  readonly key: (row: number) => SortKey;
  /** Of the cell: `gain`, `loss`, `even`. */
  readonly kind?: (row: number) => string | undefined;
  /** Longest text there will be, in characters. */
  readonly width: number;
}

export interface LongTableOptions {
  readonly root: HTMLElement;
  readonly caption: string;
  readonly count: number;
  readonly columns: readonly LongColumn[];
  readonly sorting: Sorting;
  /** Also gives the rows a pointer and the focus. */
  readonly onChoose?: (row: number) => void;
}

/** Width of a column of numbers: the longest text is that of the lowest or of the highest. */
export function longestText(values: Column, text: (value: number) => string): number {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (value !== null && value < low) low = value;
    if (value !== null && value > high) high = value;
  }
  return Math.max(text(low).length, text(high).length);
}

/** Rows on paper, where nobody scrolls. */
const PRINT_ROWS = 60;

export class LongTable {
  readonly #options: LongTableOptions;
  readonly #body = element('tbody');
  readonly #heads: readonly HTMLElement[];
  #sorting: Sorting;
  /** Rows that are listed, before sorting, and after it. */
  #listed: readonly number[];
  #order: readonly number[] = [];
  #rowHeight = 0;
  #shown = '';

  constructor(options: LongTableOptions) {
    const { root, columns, count, sorting, caption } = options;
    this.#options = options;
    this.#sorting = sorting;
    this.#listed = Array.from({ length: count }, (_, row) => row);
    this.#heads = columns.map((column, index) => this.#head(column, index));
    const sizes = columns.map(({ width, title }) => {
      const size = element('col');
      size.style.width = `${Math.max(width, title.length + 2) + 2}ch`;
      return size;
    });
    const table = element(
      'table',
      { class: 'long', 'aria-rowcount': count + 1 },
      element('caption', { class: 'hidden' }, caption),
      element('colgroup', {}, ...sizes),
      element('thead', {}, element('tr', { 'aria-rowindex': 1 }, ...this.#heads)),
      this.#body,
    );
    root.replaceChildren(table);
    root.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#redraw()).observe(root);
    addEventListener('beforeprint', () => this.#drawRows(0, Math.min(PRINT_ROWS, this.#order.length)));
    addEventListener('afterprint', () => this.#redraw());
    this.#sort();
  }

  get count(): number {
    return this.#listed.length;
  }

  /** Lists these rows only. */
  list(rows: readonly number[]): void {
    this.#listed = rows;
    this.#options.root.scrollTop = 0;
    this.#sort();
  }

  #head({ title, isNumber }: LongColumn, index: number): HTMLElement {
    const button = element('button', { type: 'button' }, title);
    button.addEventListener('click', () => {
      const { column, ascending } = this.#sorting;
      this.#sorting = { column: index, ascending: column === index ? !ascending : !isNumber };
      this.#sort();
    });
    return element('th', { scope: 'col', class: isNumber ? 'number' : undefined }, button);
  }

  #sort(): void {
    const { column, ascending } = this.#sorting;
    this.#heads.forEach((head, index) => {
      head.setAttribute('aria-sort', index !== column ? 'none' : ascending ? 'ascending' : 'descending');
    });
    this.#order = sortRows(this.#listed, this.#options.columns[column]!.key, ascending);
    this.#redraw();
  }

  #redraw(): void {
    this.#shown = '';
    this.#draw();
  }

  #draw(): void {
    const { root } = this.#options;
    if (this.#rowHeight === 0) this.#measure();
    const { from, to } = visibleRows({
      top: root.scrollTop,
      height: root.clientHeight,
      rowHeight: this.#rowHeight,
      count: this.#order.length,
    });
    if (this.#shown === `${from} ${to}`) return;
    this.#shown = `${from} ${to}`;
    this.#drawRows(from, to);
  }

  /** The height of a row is known when there is one. */
  #measure(): void {
    if (this.#order.length === 0) return;
    this.#drawRows(0, 1);
    this.#rowHeight = this.#body.rows[1]?.getBoundingClientRect().height || 28;
  }

  #drawRows(from: number, to: number): void {
    const rows = this.#order.slice(from, to).map((row, index) => this.#row(row, from + index));
    const rest = this.#order.length - to;
    const focused = document.activeElement?.closest('tr')?.ariaRowIndex;
    const hadFocus = this.#body.contains(document.activeElement);
    this.#body.replaceChildren(this.#space(from), ...rows, this.#space(rest));
    if (hadFocus) rows.find(row => row.ariaRowIndex === focused)?.focus({ preventScroll: true });
  }

  #space(rows: number): HTMLElement {
    const space = element('tr', { class: 'space', 'aria-hidden': 'true' });
    space.style.height = `${rows * this.#rowHeight}px`;
    return space;
  }

  #row(row: number, place: number): HTMLElement {
    const { columns, onChoose } = this.#options;
    const cells = columns.map(({ isNumber, text, kind }) => {
      const names = [isNumber ? 'number' : '', kind?.(row) ?? ''].filter(Boolean).join(' ');
      return element('td', { class: names || undefined }, text(row));
    });
    const made = element('tr', { 'aria-rowindex': place + 2, class: place % 2 === 1 ? 'odd' : undefined }, ...cells);
    if (onChoose !== undefined) {
      made.tabIndex = place === 0 ? 0 : -1;
      made.addEventListener('click', () => onChoose(row));
      made.addEventListener('keydown', event => pressed(event, made, () => onChoose(row)));
    }
    return made;
  }
}

/** Arrows go to the row above or below; Enter chooses. */
function pressed(event: KeyboardEvent, row: HTMLElement, choose: () => void): void {
  const neighbours: Readonly<Record<string, Element | null>> = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
  };
  const next = neighbours[event.key];
  if (event.key === 'Enter') choose();
  else if (next instanceof HTMLElement && next.hasAttribute('tabindex')) next.focus();
  else return;
  event.preventDefault();
}
