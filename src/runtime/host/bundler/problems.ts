/**
 * Several problems in a strategy's source become one error: the first one with its code frame, all of them in a list.
 */
import { relative } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import type { ErrorCode } from '../../base/error-codes/index.ts';
import { codeFrame, type SourcePlace } from '../code-frame.ts';

export interface Problem {
  readonly message: string;
  readonly remedy?: string;
  /** Absent where the problem has no line, such as an unreadable package. */
  readonly place?: SourcePlace;
}

/** `cwd` shortens the paths. */
export async function problemsError(code: ErrorCode, problems: readonly Problem[], cwd: string): Promise<GoboolError> {
  const [first] = problems;
  const place = first?.place && { ...first.place, file: relative(cwd, first.place.file) };
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new GoboolError(code, `${place ? `${place.file}:${place.line}: ` : ''}${first?.message}${rest}`, {
    problems: problems.map(problem => describe(problem, cwd)),
    ...(first?.remedy !== undefined && { hint: first.remedy }),
    ...(place && {
      where: {
        file: place.file,
        line: place.line,
        column: place.column,
        frame: await codeFrame(place.source, place.line, place.column),
      },
    }),
  });
}

function describe({ message, remedy, place }: Problem, cwd: string): string {
  const position = place ? `${relative(cwd, place.file)}:${place.line}:${place.column}: ` : '';
  return `${position}${message}.${remedy === undefined ? '' : ` ${remedy}`}`;
}
