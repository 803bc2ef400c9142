import { type Condition, evaluateCondition, parseConditions } from '../base/conditions.ts';
import type { ParamDeclaration } from '../sdk/params.ts';
import type { ParamSet } from './sweep-result.ts';

/**
 * Which sets meet a condition like `fast<slow and slow<=100`. It names numbers, and switches, which are 1 or 0.
 * Throws `GB_CONDITION`.
 */
export function whereFilter(
  text: string | undefined,
  declared: Readonly<Record<string, ParamDeclaration>>,
): (set: ParamSet) => boolean {
  if (text === undefined) return () => true;
  const names = Object.keys(declared).filter(name => declared[name]?.type !== 'choice');
  const conditions = parseConditions(text, names, 'fast<slow and slow<=100');
  return set => conditions.every(condition => holds(condition, set));
}

function holds(condition: Condition, set: ParamSet): boolean {
  return evaluateCondition(condition, name => Number(set[name])) === 'holds';
}
