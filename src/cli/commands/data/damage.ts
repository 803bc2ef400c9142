import type { GoboolError } from '../../../runtime/base/error.ts';
import { errorText, reportError } from '../../errors.ts';
import type { Paint } from '../../output/colour.ts';

/** Where a dataset that is listed or checked cannot be relied on: what was found of the others stands all the same. */
export const EXIT_BROKEN = 7;

/** Below a table: what is wrong with the datasets that cannot be read, and what to do. */
export function damageLines(errors: readonly GoboolError[], paint: Paint): readonly string[] {
  return errors.flatMap(error => [
    '',
    errorText(reportError(error, { debug: false, signalExitCode: undefined }), paint),
  ]);
}
