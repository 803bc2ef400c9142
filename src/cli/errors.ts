/** The one place where errors become text and JSON. */
import { type BarPlace, GoboolError, type Where } from '../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../runtime/base/error-codes/index.ts';
import { toFileError } from '../runtime/host/files.ts';
import { isoTime } from '../runtime/market/civil-date.ts';
import type { Paint } from './output/colour.ts';

/** `error` of a JSON document. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly where: Where | null;
  readonly problems: readonly string[];
  readonly retryable: boolean;
  readonly exitCode: number;
  /** Only with GOBOOL_DEBUG=1. */
  readonly stack?: string;
}

export interface ReportOptions {
  readonly debug: boolean;
  /** 130 or 143 after a signal: the error is then only how the work stopped. */
  readonly signalExitCode: number | undefined;
  /** The command that was called, as `run ls`; absent where none was. */
  readonly command?: string | undefined;
}

export function reportError(thrown: unknown, { debug, signalExitCode, command }: ReportOptions): ErrorReport {
  const error = signalExitCode === undefined || hasLeft(thrown) ? codedError(thrown) : stoppedBy(signalExitCode);
  const entry = ERROR_CATALOGUE[error.code];
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return {
    code: error.code,
    title: entry.title,
    message: error.message,
    hint: error.hint ?? (error.code === 'GB_USAGE' && command ? `See \`gobool ${command} --help\`.` : entry.hint),
    where: error.where ?? null,
    problems: error.problems,
    retryable: entry.retryable,
    exitCode: signalExitCode ?? entry.exitCode,
    ...(debug && stack !== undefined && { stack }),
  };
}

export function errorText(report: ErrorReport, paint: Paint): string {
  const place = report.where === null ? undefined : placeOf(report.where);
  return [
    `${paint('red', paint('bold', 'Error'))} ${paint('dim', report.code)} ${report.message}`,
    place && `  ${paint('dim', 'at')} ${paint('cyan', place)}`,
    report.where?.frame && `\n${report.where.frame}\n`,
    report.where?.bar && barText(report.where.bar, paint),
    ...report.problems.map(problem => `  ${paint('red', '•')} ${problem}`),
    `${paint('bold', 'Hint')} ${report.hint}`,
    report.stack && paint('dim', report.stack),
  ]
    .filter(Boolean)
    .join('\n');
}

/** What was stopped is only the command: its run goes on. */
function hasLeft(thrown: unknown): boolean {
  return thrown instanceof GoboolError && thrown.code === 'GB_RUN_LEFT';
}

function codedError(thrown: unknown): GoboolError {
  const error = toFileError(thrown, pathOf(thrown));
  if (error instanceof GoboolError) return error;
  return new GoboolError('GB_INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}

function pathOf(thrown: unknown): string {
  return thrown instanceof Error && 'path' in thrown ? String(thrown.path) : 'A file';
}

function stoppedBy(signalExitCode: number): GoboolError {
  return new GoboolError('GB_RUN_CANCELLED', `Stopped by ${signalExitCode === 130 ? 'Ctrl-C' : 'a request to end'}.`);
}

function placeOf({ file, line, column }: Where): string | undefined {
  if (file === undefined) return undefined;
  return [file, line, column].filter(part => part !== undefined).join(':');
}

/** `  at bar 42 of spy, 2008-10-06T13:30Z` and the values that the strategy could read there. */
function barText(bar: BarPlace, paint: Paint): string {
  const values = Object.entries(bar.values).map(([name, value]) => `${paint('dim', name)} ${value}`);
  const place = `  ${paint('dim', 'at bar')} ${bar.index} ${paint('dim', 'of')} ${bar.feed}, ${isoTime(bar.time)}`;
  return values.length === 0 ? place : `${place}\n  ${values.join('  ')}`;
}
