/** All sets of a sweep, best first: sorted and filtered at will. */
import { counted, grouped } from '../runtime/base/format.ts';
import { metricText } from '../runtime/report/format.ts';
import type { SweepAxisData, SweepColumn, SweepPageData } from '../runtime/report/html/page-data.ts';
import { found } from './dom.ts';
import { filterRows } from './filter-rows.ts';
import { type LongColumn, LongTable, longestText } from './long-table.ts';

/** Returns what lists one run alone. */
export function listRuns(data: SweepPageData): (run: number) => void {
  const root = found('rank-rows');
  if (root === undefined) return () => {};
  const count = data.hashes.length;
  const rank = {
    title: 'rank',
    isNumber: true,
    text: (row: number) => grouped(row + 1),
    key: (row: number) => row,
    width: 5,
  };
  const columns = [rank, ...data.axes.map(paramColumn), ...data.columns.map(valueColumn), hashColumn(data)];
  const table = new LongTable({ root, caption: 'Ranking', count, columns, sorting: { column: 0, ascending: true } });
  const filter = found<HTMLInputElement>('rank-filter');
  const list = (rows: readonly number[]) => {
    table.list(rows);
    const shown = found('rank-count');
    const all = counted(count, 'set');
    if (shown) shown.textContent = table.count === count ? all : `${grouped(table.count)} of ${all}`;
  };
  const search = () => list(filterRows(count, filter?.value ?? '', row => searchText(data, row)));
  filter?.addEventListener('input', search);
  search();
  return run => {
    if (filter === undefined) return;
    filter.value = data.axes.map(axis => `${axis.name}=${axis.values[axis.places[run]!]}`).join(' ');
    list([run]);
    found('ranking')?.scrollIntoView({ block: 'nearest' });
  };
}

function paramColumn({ name, values, places }: SweepAxisData): LongColumn {
  const isNumber = values.every(value => value.trim() !== '' && Number.isFinite(Number(value)));
  return {
    title: name,
    isNumber,
    text: row => values[places[row]!]!,
    key: row => places[row]!,
    width: Math.max(...values.map(({ length }) => length)),
  };
}

function valueColumn({ label, unit, values }: SweepColumn): LongColumn {
  const text = (value: number | null) => metricText({ value, unit });
  return {
    title: label,
    isNumber: true,
    text: row => text(values[row] ?? null),
    key: row => values[row] ?? null,
    width: longestText(values, text),
  };
}

function hashColumn({ hashes, wipedOut }: SweepPageData): LongColumn {
  return {
    title: 'hash',
    text: row => (wipedOut[row] === 1 ? `${hashes[row]} wiped out` : hashes[row]!),
    key: row => hashes[row]!,
    width: wipedOut.includes(1) ? 22 : 12,
  };
}

function searchText({ axes, hashes }: SweepPageData, row: number): string {
  const params = axes.map(({ name, values, places }) => `${name}=${values[places[row]!]}`);
  return `${params.join(' ')} ${hashes[row]}`.toLowerCase();
}
