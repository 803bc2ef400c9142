/**
 * The grammar that `--where` and `--fail-if` share: comparisons of names and numbers joined by `and`.
 * `sharpe>1 and trades >= 30`, `0.2 < maxDrawdown`. A name may stand on either side; `=` means equal.
 */
import { didYouMean } from './closest.ts';
import { GoboolError } from './error.ts';

type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

export interface Condition {
  /** As it is shown: `sharpe > 1`. */
  readonly text: string;
  readonly left: string | number;
  readonly comparison: Comparison;
  readonly right: string | number;
}

/** `undefined`: a name in it has no value, so that it can neither hold nor fail. */
export type Verdict = 'holds' | 'fails' | 'undefined';

const CONDITION = /^\s*([^\s<>=!]+)\s*(<=|>=|!=|=|<|>)\s*([^\s<>=!]+)\s*$/;
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Throws `GB_CONDITION` with every problem: text that is no comparison, and names that are not among `names`. */
export function parseConditions(
  text: string,
  names: readonly string[],
  example = 'sharpe>1 and maxDrawdown<0.2',
): readonly Condition[] {
  const problems: string[] = [];
  const conditions = text.split(/\band\b/i).map(part => parseCondition(part, names, problems));
  if (problems.length > 0) {
    const hint = `Write comparisons joined by \`and\`: '${example}'. They are < <= > >= = !=.`;
    throw new GoboolError('GB_CONDITION', `"${text}" is not a condition.`, { problems, hint });
  }
  return conditions.filter(condition => condition !== undefined);
}

/** Compares with the values that `valueFor` gives; `null` is a value that is not defined. */
export function evaluateCondition(condition: Condition, valueFor: (name: string) => number | null): Verdict {
  const [left, right] = [condition.left, condition.right].map(side =>
    typeof side === 'string' ? valueFor(side) : side,
  );
  if (left === null || right === null || left === undefined || right === undefined) return 'undefined';
  return compare(left, condition.comparison, right) ? 'holds' : 'fails';
}

function parseCondition(part: string, names: readonly string[], problems: string[]): Condition | undefined {
  const [, leftText, comparison, rightText] = CONDITION.exec(part) ?? [];
  if (leftText === undefined || rightText === undefined) {
    problems.push(part.trim() === '' ? 'A comparison is missing.' : `"${part.trim()}" is not a comparison.`);
    return undefined;
  }
  const left = parseOperand(leftText, names, problems);
  const right = parseOperand(rightText, names, problems);
  if (typeof left === 'number' && typeof right === 'number') problems.push(`"${part.trim()}" compares two numbers.`);
  return { text: `${leftText} ${comparison} ${rightText}`, left, comparison: comparison as Comparison, right };
}

function parseOperand(text: string, names: readonly string[], problems: string[]): string | number {
  if (names.includes(text)) return text;
  const isName = NAME.test(text);
  const number = Number(text);
  if (!isName && Number.isFinite(number)) return number;
  const known = didYouMean(text, names) || ` Names: ${names.join(', ')}.`;
  problems.push(isName ? `There is no "${text}".${known}` : `"${text}" is neither a name nor a number.`);
  return text;
}

function compare(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
  }
}
