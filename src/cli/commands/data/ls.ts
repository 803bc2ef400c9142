import * as z from 'zod/mini';
import { grouped } from '../../../runtime/base/format.ts';
import { type CatalogEntry, listEntries } from '../../../runtime/host/catalog/catalog-entry.ts';
import { findDataset } from '../../../runtime/host/find-dataset.ts';
import { catalogOf, samplesDir } from '../../../runtime/host/folders.ts';
import { isoDate, MS_PER_DAY } from '../../../runtime/market/civil-date.ts';
import { defineHandler } from '../../define-handler.ts';
import { type TableStyle, tableText } from '../../output/table.ts';
import { NAME_COLUMN } from './name-column.ts';

interface Listed {
  readonly entry: CatalogEntry;
  readonly where: 'project' | 'sample';
  /** A sample whose name leads to bars of the project, of the same length or finer. */
  readonly hidden: boolean;
}

export const dataLs = defineHandler(z.object({}), (_input, { out, projectDir }) => {
  const samples = samplesDir();
  const isHidden = (name: string): boolean => findDataset(name, projectDir).catalogDir !== samples;
  const listed = [
    ...listEntries(catalogOf(projectDir)).map((entry): Listed => ({ entry, where: 'project', hidden: false })),
    ...listEntries(samples).map((entry): Listed => ({ entry, where: 'sample', hidden: isHidden(entry.name) })),
  ];
  return { data: { datasets: listed.map(toJson) }, text: () => listText(listed, out) };
});

function toJson({ entry, where, hidden }: Listed) {
  const { name, rows, from, to, interval, product, source, sha256 } = entry;
  return { name, where, hidden, rows, from, to, interval, product, source, sha256 };
}

function listText(listed: readonly Listed[], style: TableStyle): string {
  const columns = [
    NAME_COLUMN,
    { title: 'bars', align: 'right' as const },
    { title: 'from' },
    { title: 'to' },
    { title: 'calendar', style: 'dim' as const },
    { title: 'where', style: 'dim' as const },
  ];
  const rows = listed.map(({ entry, where, hidden }) => [
    entry.name,
    grouped(entry.rows),
    dateOf(entry.from),
    dateOf(entry.to),
    entry.calendar,
    hidden ? 'hidden' : where,
  ]);
  return tableText(columns, rows, style);
}

function dateOf(epochMs: number): string {
  return isoDate(Math.floor(epochMs / MS_PER_DAY));
}
