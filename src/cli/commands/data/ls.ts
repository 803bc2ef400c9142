import * as z from 'zod/mini';
import { grouped } from '../../../runtime/base/format.ts';
import { type ListedDataset, listDatasets } from '../../../runtime/host/catalog/catalog-entry.ts';
import { findDataset } from '../../../runtime/host/find-dataset.ts';
import { catalogOf, samplesDir } from '../../../runtime/host/folders.ts';
import { isoDate, MS_PER_DAY } from '../../../runtime/market/civil-date.ts';
import { defineHandler } from '../../define-handler.ts';
import { type TableStyle, tableText } from '../../output/table.ts';
import { damageLines, EXIT_BROKEN } from './damage.ts';
import { NAME_COLUMN } from './name-column.ts';

type Listed = ListedDataset & {
  readonly where: 'project' | 'sample';
  /** A sample whose name leads to bars of the project, of the same length or finer. */
  readonly hidden: boolean;
};

export const dataLs = defineHandler(z.object({}), (_input, { out, projectDir }) => {
  const samples = samplesDir();
  const isHidden = (name: string): boolean => findDataset(name, projectDir).catalogDir !== samples;
  const listed = [
    ...listDatasets(catalogOf(projectDir)).map((dataset): Listed => ({ ...dataset, where: 'project', hidden: false })),
    ...listDatasets(samples).map(
      (dataset): Listed => ({ ...dataset, where: 'sample', hidden: isHidden(dataset.name) }),
    ),
  ];
  const errors = listed.flatMap(({ error }) => error ?? []);
  return {
    data: { datasets: listed.map(toJson) },
    warnings: errors.map(({ code, message }) => ({ code, message })),
    text: () => [listText(listed, out), ...damageLines(errors, out.paint)].join('\n'),
    ...(errors.length > 0 && { exitCode: EXIT_BROKEN }),
  };
});

function toJson({ name, where, hidden, entry, error }: Listed) {
  if (entry === undefined) return { name, where, hidden, error: error.message };
  const { rows, from, to, interval, product, source, sha256 } = entry;
  return { name, where, hidden, error: null, rows, from, to, interval, product, source, sha256 };
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
  const rows = listed.map(({ name, entry, where, hidden }) => [
    name,
    ...(entry === undefined
      ? ['', 'damaged', '', '']
      : [grouped(entry.rows), dateOf(entry.from), dateOf(entry.to), entry.calendar]),
    hidden ? 'hidden' : where,
  ]);
  return tableText(columns, rows, style);
}

function dateOf(epochMs: number): string {
  return isoDate(Math.floor(epochMs / MS_PER_DAY));
}
