/** `--fail-if`: conditions that a result must not meet. */
import { type Condition, evaluateCondition, parseConditions } from '../../../runtime/base/conditions.ts';
import { RUN_VALUE_NAMES, type RunValues } from '../../../runtime/host/store/run-values.ts';
import type { Paint } from '../../output/colour.ts';

export interface Gate {
  readonly condition: string;
  /** All its comparisons hold, or one names a metric that is not defined. */
  readonly failed: boolean;
  /** What the names in it were. */
  readonly values: RunValues;
}

export const EXIT_GATE_FAILED = 6;

/** Throws GB_CONDITION. */
export function parseGates(texts: readonly string[]): readonly (readonly Condition[])[] {
  return texts.map(text => parseConditions(text, RUN_VALUE_NAMES));
}

export function checkGate(conditions: readonly Condition[], values: RunValues): Gate {
  const verdicts = conditions.map(condition => evaluateCondition(condition, name => values[name] ?? null));
  const names = conditions.flatMap(({ left, right }) => [left, right].filter(side => typeof side === 'string'));
  return {
    condition: conditions.map(({ text }) => text).join(' and '),
    failed: verdicts.includes('undefined') || !verdicts.includes('fails'),
    values: Object.fromEntries(names.map(name => [name, values[name] ?? null])),
  };
}

export function gateText({ condition, failed, values }: Gate, paint: Paint): string {
  const found = Object.entries(values).map(
    ([name, value]) => `${name} is ${value === null ? 'not defined' : shown(value)}`,
  );
  const verdict = failed ? paint('red', 'gate failed') : paint('green', 'gate passed');
  return `  ${verdict}  ${condition}: ${found.join(', ')}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
