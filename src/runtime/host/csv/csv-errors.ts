import { GoboolError } from '../../base/error.ts';
import type { CsvOptions } from './csv-options.ts';

/** The error for a file whose meaning stays open; the hint names the option that settles it. */
export function csvFormatError(options: CsvOptions, problem: string, hint: string): GoboolError {
  return new GoboolError('GB_CSV_FORMAT', `${options.fileName}: ${problem}`, {
    hint,
    where: { file: options.fileName },
  });
}

const NAMED_MAX = 20;

/** The names of columns for a message: of very many, as of a table that lies on its side, only the first. */
export function namedColumns(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX).map(name => `"${name}"`);
  return named.join(', ') + (names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '');
}
