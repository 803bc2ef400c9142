/** Schema issues as sentences: what is wrong, what was expected. */
import type * as z from 'zod/mini';
import { didYouMean } from '../../runtime/base/closest.ts';

type Issue = z.core.$ZodIssue;

/** How a place in the input is called: `--cash`, `limits.memoryMb`. */
export type NameOf = (path: readonly PropertyKey[]) => string;

export function problemsOf(issues: readonly Issue[], nameOf: NameOf, known: readonly string[] = []): readonly string[] {
  return issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => `${nameOf([...issue.path, key])}: there is no such setting.${didYouMean(key, known)}`)
      : [`${nameOf(issue.path)}: ${sentence(issue)}.`],
  );
}

/** `allowShort` becomes `--allow-short`; a place inside a list is called like the list. */
export function flagName(path: readonly PropertyKey[]): string {
  return `--${String(path[0]).replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)}`;
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${article(issue.expected)}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      return `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      return `must be ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`;
    case 'invalid_value':
      return `expected ${issue.values.map(value => `"${String(value)}"`).join(' or ')}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flat().filter(isTold).map(sentence))].join(', or ');
    default:
      return issue.message.replace(/\.$/, '');
  }
}

/** `true` is how a flag without its value arrives; nobody can write it. */
function isTold(issue: Issue): boolean {
  return issue.code !== 'invalid_value' || issue.values.some(value => value !== true);
}

function article(type: string): string {
  switch (type) {
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'array':
    case 'object':
      return `an ${type}`;
    case 'string':
      return 'text';
    default:
      return `a ${type}`;
  }
}
