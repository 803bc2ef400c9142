import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as z from 'zod/mini';
import { defined } from '../../../runtime/base/defined.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { grouped } from '../../../runtime/base/format.ts';
import { shellWord } from '../../../runtime/base/shell-word.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  exportToFile,
  type SelectedBars,
  selectBars,
  TEXT_PARTS,
} from '../../../runtime/host/export/export-dataset.ts';
import { isoTime } from '../../../runtime/market/civil-date.ts';
import { productOf } from '../../../runtime/market/product-defaults.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption } from '../../options/schemas.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { formatOfPaths } from './data-format.ts';

const STDOUT = '-';
const FILE_HINT = 'Name a file or a folder, or leave it out: the file is called like the dataset.';

const input = z.object({
  name: z.string(),
  file: z.optional(z.string()),
  format: z.optional(z.enum(EXPORT_FORMATS)),
  from: z.optional(dateOption),
  to: z.optional(dateOption),
  prices: z._default(z.enum(['raw', 'adjusted']), 'raw'),
  interval: z.optional(z.string()),
  force: z.optional(z.boolean()),
});

type Input = z.output<typeof input>;

export const dataExport = defineHandler(input, async (options, { out, projectDir }): Promise<Reply> => {
  const { name, interval, prices, from, to } = options;
  const toStdout = options.file === STDOUT;
  const format = options.format ?? formatOfFile(options.file ?? '') ?? (toStdout ? 'csv' : 'parquet');
  if (toStdout) checkStdout(format, out);
  if (options.file === '') throw new GoboolError('GB_USAGE', 'The name of the file is empty.', { hint: FILE_HINT });
  const selected = await selectBars({ projectDir, ref: name, prices, ...defined({ interval, from, to }) });
  if (toStdout) return { data: null, text: () => writeParts(selected, format, out) };
  const file = fileFor(options.file ?? '.', `${selected.name}.${format}`);
  const bytes = await exportToFile(selected, format, file, options.force === true);
  const { bars } = selected;
  const range = { from: bars.time[0] ?? null, to: bars.time[bars.length - 1] ?? null };
  return {
    data: { name: selected.name, file, format, prices, rows: bars.length, ...range, bytes },
    text: () => exportText(selected, { ...options, format }, file, bytes, out),
    warnings: selected.warnings,
  };
});

const isText = (format: ExportFormat): format is keyof typeof TEXT_PARTS => format !== 'parquet';

function checkStdout(format: ExportFormat, { mode }: Output): void {
  if (format !== 'csv' && format !== 'ndjson') throw new GoboolError('GB_USAGE', `${format} goes to a file, not to -.`);
  if (mode !== 'text') throw new GoboolError('GB_USAGE', 'With - the data itself is printed: leave out --json.');
}

/** All but the last part, which is given back to be printed as the reply. */
function writeParts({ bars }: SelectedBars, format: ExportFormat, out: Output): string {
  let last = '';
  for (const part of isText(format) ? TEXT_PARTS[format](bars) : []) {
    if (last !== '') out.write(last);
    last = part;
  }
  return last;
}

function formatOfFile(file: string): ExportFormat | undefined {
  return EXPORT_FORMATS.find(format => extname(file).toLowerCase() === `.${format}`);
}

/** A folder, also one that is to be made, takes the file under the name of its dataset. */
function fileFor(path: string, name: string): string {
  const isFolder = /[\\/]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, name) : path;
}

function exportText(
  selected: SelectedBars,
  { prices, format }: Input & { readonly format: ExportFormat },
  file: string,
  bytes: number,
  { paint }: Output,
): string {
  const { bars, meta, warnings } = selected;
  const at = (row: number): string => isoTime(bars.time[row] ?? 0);
  const facts = factsText(
    [
      ['bars', `${grouped(bars.length)} of ${meta.interval}, ${at(0)} to ${at(bars.length - 1)}`],
      ['prices', prices],
      ['size', `${grouped(bytes)} bytes`],
    ],
    paint,
  );
  const back = `${paint('dim', 'Read it back:')} ${importCommand(selected, file, format)}`;
  const notes = warnings.map(({ message }) => `  ${paint('yellow', message)}`);
  return [`${paint('bold', 'Exported')} ${paint('cyan', selected.name)} to ${file}`, facts, ...notes, back].join('\n');
}

/** What makes the same dataset of the file; Parquet says itself what it holds. */
function importCommand({ bars, meta }: SelectedBars, file: string, format: ExportFormat): string {
  const read = format === 'ndjson' ? 'json' : format;
  // A name that says nothing, or something else.
  const named = formatOfPaths([file]) === read ? [] : [`--format ${read}`];
  const command = ['gobool data import', shellWord(file), ...named];
  if (format === 'parquet') return command.join(' ');
  const { id, ...product } = meta.product;
  const usual = productOf(id);
  const special = Object.entries(product).filter(([key, value]) => usual[key as keyof typeof usual] !== value);
  const spread = bars.spread === undefined ? [] : ['--columns time,open,high,low,close,volume,spread'];
  const factors = meta.factors.length === 0 ? [] : ['--factors <file>'];
  const funding = meta.funding === undefined ? [] : ['--funding <file>'];
  const options = [`--product ${id}`, `--interval ${meta.interval}`, ...spread, ...factors, ...funding];
  return [...command, ...options, ...special.map(([key, value]) => `--${key} ${value}`)].join(' ');
}
