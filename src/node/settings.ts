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

const worldSchema = z.object({
  file: z.string(),
  cwd: z.string(),
  projectDir: z.optional(z.string()),
  store: z.boolean(),
  signal: z.optional(z.custom<AbortSignal>(value => value instanceof AbortSignal, 'expected an AbortSignal')),
});

/** The value of a parameter. */
export const paramValue = z.union([z.string(), z.number(), z.boolean()]);

export const callback = z.optional(z.custom(value => typeof value === 'function', 'expected a function'));

/** `others`: problems of options that are no settings. Throws `GB_CONFIG_INVALID` with every problem. */
export function optionsOf(file: string, request: RunRequest, others: readonly string[] = []) {
  const { from, to, cwd = process.cwd(), projectDir, store = true, signal, ...settings } = request;
  const parsed = z.safeParse(fileSchema, settings);
  const times = { from: timeOf(from), to: timeOf(to) };
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, path => path.join('.'), SETTING_KEYS)),
    ...Object.entries(times).flatMap(([name, time]) => (Number.isNaN(time) ? [`${name}: is no date.`] : [])),
    ...problemsIn(worldSchema, { file, cwd, projectDir, store, signal }),
    ...others,
  ];
  if (!parsed.success || problems.length > 0)
    throw new GoboolError('GB_CONFIG_INVALID', 'The options cannot be used.', { problems });
  const world = { cwd, projectDir: projectDir ?? findProject(cwd), signal: signal ?? new AbortController().signal };
  return { ...hostOptions(defined(parsed.data), world), ...times, file, keep: store };
}

/** What a program without types may get wrong: a direction that is none would rank the sets of a sweep backwards. */
export function problemsIn(schema: z.core.$ZodType, options: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = z.safeParse(schema, options);
  return parsed.success ? [] : problemsOf(parsed.error.issues, path => path.join('.'));
}

/** Epoch milliseconds; NaN for what is no date. */
function timeOf(date: RunRequest['from']): number | undefined {
  if (date === undefined) return undefined;
  if (typeof date === 'number') return new Date(date).getTime();
  if (typeof date === 'string') return parseDate(date) ?? Number.NaN;
  return date instanceof Date ? date.getTime() : Number.NaN;
}
