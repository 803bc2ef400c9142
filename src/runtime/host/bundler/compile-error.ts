/** esbuild's own errors as gobool's. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import type { Problem } from './problems.ts';

const ASSIGNED_GLOBAL = /^Cannot assign to "(\w+)" because it's an import from an injected file$/;

/** `assignments`: esbuild refuses to assign to a global that `compile-strategy.ts` has made an import. */
export interface CompileProblems {
  readonly assignments: readonly Problem[];
  readonly others: readonly Problem[];
}

export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** `folder` is what the paths of the messages are relative to. */
export function compileProblems(failure: BuildFailure, folder: string): CompileProblems {
  const isAssignment = ({ text }: Message): boolean => ASSIGNED_GLOBAL.test(text);
  return {
    assignments: failure.errors.filter(isAssignment).map(message => assignmentProblem(message, folder)),
    others: failure.errors.filter(message => !isAssignment(message)).map(message => toProblem(message, folder)),
  };
}

function assignmentProblem(message: Message, folder: string): Problem {
  return {
    ...toProblem(message, folder),
    message: message.text.replace(ASSIGNED_GLOBAL, 'an assignment to the global `$1`'),
    remedy: 'Choose another name for a variable of your own.',
  };
}

function toProblem({ text, location }: Message, folder: string): Problem {
  if (location === null) return { message: text };
  const file = resolve(folder, location.file);
  /** esbuild counts columns in bytes. */
  const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length + 1;
  return { message: text, place: { file, line: location.line, column, source: readFileSync(file, 'utf8') } };
}
