/** What a program says, checked as a configuration file is: the same names, texts and messages. */
import * as z from 'zod/mini';
import { hostOptions } from '../cli/commands/host-options.ts';
import { fileSchema, SETTING_KEYS } from '../cli/config/settings.ts';
import { parseDate } from '../cli/options/date.ts';
import { problemsOf } from '../cli/options/problems.ts';
import { findProject } from '../cli/project.ts';
import { defined } from '../runtime/base/defined.ts';
import { GoboolError } from '../runtime/base/error.ts';
import type { RunRequest } from './run-request.ts';

/** `others`: problems of options that are no settings. Throws `GB_CONFIG_INVALID` with every problem. */
export function optionsOf(file: string, request: RunRequest, others: readonly string[] = []) {
  const { from, to, cwd = process.cwd(), projectDir = findProject(cwd), store = true, signal, ...settings } = request;
  const parsed = z.safeParse(fileSchema, settings);
  const times = { from: timeOf(from), to: timeOf(to) };
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, path => path.join('.'), SETTING_KEYS)),
    ...Object.entries(times).flatMap(([name, time]) => (Number.isNaN(time) ? [`${name}: is no date.`] : [])),
    ...others,
  ];
  if (!parsed.success || problems.length > 0)
    throw new GoboolError('GB_CONFIG_INVALID', 'The options cannot be used.', { problems });
  const world = { cwd, projectDir, signal: signal ?? new AbortController().signal };
  return { ...hostOptions(defined(parsed.data), world), ...times, file, keep: store };
}

/** Epoch milliseconds; NaN for what is no date. */
function timeOf(date: RunRequest['from']): number | undefined {
  if (date === undefined || typeof date === 'number') return date;
  if (typeof date === 'string') return parseDate(date) ?? Number.NaN;
  return date instanceof Date ? date.getTime() : Number.NaN;
}
