import * as z from 'zod/mini';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { datasetNames } from '../../../runtime/host/catalog/catalog-entry.ts';
import { type FoundDataset, findDataset } from '../../../runtime/host/find-dataset.ts';
import { catalogOf, samplesDir } from '../../../runtime/host/folders.ts';
import { type VerifyReport, verifyDataset } from '../../../runtime/host/verify.ts';
import { defineHandler } from '../../define-handler.ts';
import { type TableStyle, tableText } from '../../output/table.ts';
import { missingDataset } from './missing-dataset.ts';

/** `error`: the file or its index entry cannot be read as they should. */
interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  readonly report?: VerifyReport;
  readonly error?: string;
}

const EXIT_BROKEN = 7;

export const dataVerify = defineHandler(
  z.object({ name: z.optional(z.string()) }),
  async ({ name }, { out, projectDir }) => {
    const targets = name === undefined ? allDatasets(projectDir) : [findDataset(name, projectDir)];
    const verdicts: Verdict[] = [];
    for (const target of targets) verdicts.push(await verify(target));
    return {
      data: { datasets: verdicts.map(toJson) },
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
    if (error instanceof GoboolError && error.code === 'GB_DATA_CORRUPT')
      return { name, ok: false, error: error.message };
    throw error;
  }
}

function toJson({ name, ok, report, error }: Verdict) {
  if (report === undefined) return { name, ok, error: error ?? null };
  const { entry: _entry, ...findings } = report;
  return { name, ok, error: null, ...findings };
}

function verdictsText(verdicts: readonly Verdict[], style: TableStyle): string {
  const columns = [
    { title: 'name', style: 'cyan' as const, shrinks: true },
    { title: 'bars', align: 'right' as const },
    { title: 'verdict' },
    { title: 'findings' },
  ];
  const rows = verdicts.map(({ name, ok, report }) => [
    name,
    report === undefined ? '' : grouped(report.entry.rows),
    ok ? 'ok' : 'BROKEN',
    report === undefined ? 'damaged, see below' : findingsText(report),
  ]);
  const errors = verdicts.flatMap(({ error }) => (error === undefined ? [] : ['', style.paint('red', error)]));
  return [tableText(columns, rows, style), ...errors].join('\n');
}

function findingsText(report: VerifyReport): string {
  const findings: readonly (readonly [number, string])[] = [
    [report.isIntact ? 0 : 1, 'hash differs from the index'],
    [report.duplicates, counted(report.duplicates, 'duplicate time')],
    [report.unordered, `${counted(report.unordered, 'bar')} out of order`],
    [report.highBelowLow, `${counted(report.highBelowLow, 'bar')} with high below low`],
    [report.notPositive, `${counted(report.notPositive, 'bar')} without a positive price`],
    [report.missing, `${counted(report.missing, 'bar')} missing in ${counted(report.gaps.length, 'gap')}`],
    [report.zeroVolume, `${counted(report.zeroVolume, 'bar')} without volume`],
  ];
  return findings.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(', ');
}
