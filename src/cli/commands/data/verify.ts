import * as z from 'zod/mini';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { datasetNames } from '../../../runtime/host/catalog/catalog-entry.ts';
import { type FoundDataset, findDataset } from '../../../runtime/host/find-dataset.ts';
import { catalogOf, samplesDir } from '../../../runtime/host/folders.ts';
import { type VerifyReport, verifyDataset } from '../../../runtime/host/verify.ts';
import { isoDate, isoTime, MS_PER_DAY } from '../../../runtime/market/civil-date.ts';
import { defineHandler } from '../../define-handler.ts';
import { type TableStyle, tableText } from '../../output/table.ts';
import { wrap } from '../../output/wrap.ts';
import { damageLines, EXIT_BROKEN } from './damage.ts';
import { missingDataset } from './missing-dataset.ts';
import { NAME_COLUMN } from './name-column.ts';

/** `error`: the file or its index entry cannot be read as they should. */
interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  readonly report?: VerifyReport;
  readonly error?: GoboolError;
}

export const dataVerify = defineHandler(
  z.object({ name: z.optional(z.string()) }),
  async ({ name }, { out, projectDir }) => {
    const targets = name === undefined ? allDatasets(projectDir) : [findDataset(name, projectDir)];
    const verdicts: Verdict[] = [];
    for (const target of targets) verdicts.push(await verify(target));
    return {
      data: { datasets: verdicts.map(toJson) },
      warnings: verdicts.flatMap(verdict => jumpLines(verdict).map(message => ({ code: 'split-like-jump', message }))),
      text: () => verdictsText(verdicts, out),
      ...(verdicts.some(verdict => !verdict.ok) && { exitCode: EXIT_BROKEN }),
    };
  },
);

function allDatasets(projectDir: string): readonly FoundDataset[] {
  return [catalogOf(projectDir), samplesDir()].flatMap(catalogDir =>
    datasetNames(catalogDir).map(name => ({ catalogDir, name })),
  );
}

async function verify({ catalogDir, name }: FoundDataset): Promise<Verdict> {
  try {
    const report = await verifyDataset(catalogDir, name);
    if (report === undefined) throw missingDataset(name);
    const impossible = report.duplicates + report.unordered + report.highBelowLow + report.notPositive;
    return { name, ok: report.isIntact && impossible === 0, report };
  } catch (error) {
    if (error instanceof GoboolError && (error.code === 'GB_DATA_CORRUPT' || error.code === 'GB_PERMISSION'))
      return { name, ok: false, error };
    throw error;
  }
}

function toJson({ name, ok, report, error }: Verdict) {
  if (report === undefined) return { name, ok, error: error?.message ?? null };
  const { entry: _entry, ...findings } = report;
  return { name, ok, error: null, ...findings };
}

function verdictsText(verdicts: readonly Verdict[], style: TableStyle): string {
  const columns = [
    NAME_COLUMN,
    { title: 'bars', align: 'right' as const },
    { title: 'verdict' },
    { title: 'findings' },
  ];
  const findingsWidth = Math.max(FINDINGS_WIDTH_MIN, style.columns - widthBefore(verdicts));
  const rows = verdicts.flatMap(({ name, ok, report }) => {
    const findings = report === undefined ? 'damaged, see below' : findingsText(report);
    const [first = '', ...others] = wrap(findings, findingsWidth);
    const bars = report === undefined ? '' : grouped(report.entry.rows);
    return [[name, bars, ok ? 'ok' : 'BROKEN', first], ...others.map(line => ['', '', '', line])];
  });
  const errors = damageLines(
    verdicts.flatMap(({ error }) => error ?? []),
    style.paint,
  );
  const jumps = verdicts.flatMap(jumpLines);
  const hint = jumps.length === 0 ? [] : wrap(JUMP_HINT, style.columns);
  const places = [...verdicts.flatMap(offScheduleLines), ...verdicts.flatMap(outlierLines)];
  const notes = [...places, ...jumps.map(line => style.paint('yellow', line)), ...hint];
  return [tableText(columns, rows, style), ...errors, ...(notes.length > 0 ? [''] : []), ...notes].join('\n');
}

/** Findings are wrapped rather than names cut, as far as they leave room. */
const FINDINGS_WIDTH_MIN = 30;

/** Of the columns before the findings, with their gaps. */
function widthBefore(verdicts: readonly Verdict[]): number {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(text => text.length));
  const bars = verdicts.map(({ report }) => (report === undefined ? '' : grouped(report.entry.rows)));
  return [widest(['name', ...verdicts.map(({ name }) => name)]), widest(['bars', ...bars]), widest(['verdict'])].reduce(
    (sum, width) => sum + width + 2,
    0,
  );
}

const JUMP_HINT =
  'A backtest takes such a jump for profit or loss. If it is a split, import the data again with --factors and a ' +
  'file that knows it.';
const OUTLIERS_SHOWN_MAX = 5;

const dayOf = (timeMs: number): string => isoDate(Math.floor(timeMs / MS_PER_DAY));

function jumpLines({ name, report }: Verdict): string[] {
  return (report?.splitJumps ?? []).map(({ time, ratio, before, after, isVolumeKnown }) => {
    const volume = isVolumeKnown ? ', and the traded value fits' : '';
    return `${name}: ${before} to ${after} at ${dayOf(time)} looks like a ${ratio} split${volume}.`;
  });
}

/** The first bars where the product's calendar does not trade. */
function offScheduleLines({ name, report }: Verdict): string[] {
  if (report === undefined) return [];
  const { entry, firstClosedDayMs: day, firstOutsideHoursMs: hour } = report;
  return [
    ...(day === null ? [] : [`${name}: ${entry.calendar} has no session on the day of ${isoTime(day)}.`]),
    ...(hour === null ? [] : [`${name}: the bar of ${isoTime(hour)} lies outside the hours of ${entry.calendar}.`]),
  ];
}

function outlierLines({ name, report }: Verdict): string[] {
  const { outliers = [] } = report ?? {};
  if (outliers.length === 0) return [];
  const more = outliers.length > OUTLIERS_SHOWN_MAX ? ', ...' : '';
  const days = outliers.slice(0, OUTLIERS_SHOWN_MAX).map(dayOf).join(', ');
  return [`${name}: the range reaches far beyond the prices around it on ${days}${more}`];
}

function findingsText(report: VerifyReport): string {
  const findings: readonly (readonly [number, string])[] = [
    [report.isIntact ? 0 : 1, 'hash differs from the index'],
    [report.duplicates, counted(report.duplicates, 'duplicate time')],
    [report.unordered, `${counted(report.unordered, 'bar')} out of order`],
    [report.highBelowLow, `${counted(report.highBelowLow, 'bar')} with high below low`],
    [report.notPositive, `${counted(report.notPositive, 'bar')} without a positive price`],
    [report.missing, `${counted(report.missing, 'bar')} missing in ${counted(report.gaps.length, 'gap')}`],
    [report.closedDays, `${counted(report.closedDays, 'bar')} on days without trading`],
    [report.outsideHours, `${counted(report.outsideHours, 'bar')} outside trading hours`],
    [report.zeroVolume, `${counted(report.zeroVolume, 'bar')} without volume`],
    [report.splitJumps.length, `${counted(report.splitJumps.length, 'jump')} like a split`],
    [report.outliers.length, counted(report.outliers.length, 'outlier')],
  ];
  return findings.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(', ');
}
