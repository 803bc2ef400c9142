import * as z from 'zod/mini';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { type DatasetDescription, describeDataset } from '../../../runtime/host/describe.ts';
import { findDataset } from '../../../runtime/host/find-dataset.ts';
import { samplesDir } from '../../../runtime/host/folders.ts';
import { isoTime } from '../../../runtime/market/civil-date.ts';
import type { Gap } from '../../../runtime/market/gaps.ts';
import { plotSeries } from '../../../runtime/report/plot.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Paint } from '../../output/colour.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { missingDataset } from './missing-dataset.ts';

const GAPS_SHOWN_MAX = 5;
const PLOT_ROWS = 10;
const PLOT_WIDTH_MAX = 100;

export const dataShow = defineHandler(z.object({ name: z.string() }), async ({ name }, { out, projectDir }) => {
  const found = findDataset(name, projectDir);
  const description = await describeDataset(found.catalogDir, found.name);
  if (description === undefined) throw missingDataset(found.name);
  const where = found.catalogDir === samplesDir() ? 'sample' : 'project';
  const madeFrom = found.resampleTo === undefined ? undefined : found.name;
  return { data: toJson(description, where, madeFrom), text: () => showText(name, description, where, madeFrom, out) };
});

function toJson(
  { times: _times, closes: _closes, entry, ...facts }: DatasetDescription,
  where: string,
  madeFrom?: string,
) {
  return {
    name: entry.name,
    where,
    madeFrom: madeFrom ?? null,
    ...facts,
    product: entry.product,
    interval: entry.interval,
    source: entry.source,
    sha256: entry.sha256,
  };
}

function showText(
  name: string,
  dataset: DatasetDescription,
  where: string,
  madeFrom: string | undefined,
  out: Output,
): string {
  const { paint } = out;
  const origin = madeFrom === undefined ? where : `made from ${madeFrom} (${where})`;
  const title = `${paint('bold', name)}  ${paint('dim', origin)}`;
  const plot = plotSeries(
    { times: dataset.times, values: dataset.closes },
    {
      width: Math.min(out.columns, PLOT_WIDTH_MAX),
      rows: PLOT_ROWS,
      main: text => paint('cyan', text),
      other: text => text,
      axis: text => paint('dim', text),
    },
  );
  return [title, '', ...plot, '', factsText(factsOf(dataset), paint), ...gapLines(dataset.gaps, paint)].join('\n');
}

function factsOf({ entry, ...dataset }: DatasetDescription): readonly (readonly [string, string | undefined])[] {
  const { product } = entry;
  const gaps = `${counted(dataset.gaps.length, 'gap')}, ${counted(dataset.missing, 'bar')} missing`;
  return [
    ['range', `${isoTime(dataset.firstOpenMs)} to ${isoTime(dataset.lastCloseMs)}`],
    ['bars', `${grouped(dataset.rows)} of ${entry.interval}`],
    ['prices', `${dataset.lowest} to ${dataset.highest} ${product.currency}, last ${dataset.lastClose}; raw`],
    ['volume', `${grouped(dataset.averageVolume)} a bar`],
    ['calendar', entry.calendar],
    ['factors', dataset.factorRows > 0 ? `${counted(dataset.factorRows, 'row')} of splits and dividends` : undefined],
    ['funding', dataset.fundingRates > 0 ? counted(dataset.fundingRates, 'rate') : undefined],
    ['skipped', entry.badRows > 0 ? `${counted(entry.badRows, 'bad row')} of the source` : undefined],
    ['gaps', dataset.gaps.length === 0 ? 'none' : gaps],
    ['source', entry.source],
    ['sha256', entry.sha256.slice(0, 16)],
  ];
}

/** The longest gaps. */
function gapLines(gaps: readonly Gap[], paint: Paint): readonly string[] {
  const longest = gaps.toSorted((a, b) => b.missing - a.missing).slice(0, GAPS_SHOWN_MAX);
  const lines = longest.map(gap => `  ${isoTime(gap.fromMs)} to ${isoTime(gap.toMs)}  ${counted(gap.missing, 'bar')}`);
  return lines.length === 0
    ? []
    : ['', `  ${paint('dim', lines.length < gaps.length ? 'longest gaps' : 'gaps')}`, ...lines];
}
