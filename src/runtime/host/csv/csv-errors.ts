import { GoboolError } from '../../base/error.ts';
import type { CsvOptions } from './csv-options.ts';

/** The error for a file whose meaning stays open; the hint names the option that settles it. */
export function csvFormatError(options: CsvOptions, problem: string, hint: string): GoboolError {
  return new GoboolError('GB_CSV_FORMAT', `${options.fileName}: ${problem}`, {
    hint,
    where: { file: options.fileName },
  });
}
