/** `--fail-if`: conditions that a result must not meet. */
import { type Condition, evaluateCondition, parseConditions } from '../../../runtime/base/conditions.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import { brief } from '../../../runtime/base/format.ts';
import { RUN_VALUE_NAMES, type RunValues } from '../../../runtime/host/store/run-values.ts';
import type { RunWarning } from '../../../runtime/metrics/summary.ts';
import type { Paint } from '../../output/colour.ts';

export interface Gate {
  readonly condition: string;
  /** All its comparisons hold, or one names a metric that is not defined. */
  readonly failed: boolean;
  /** What the names in it were. */
  readonly values: RunValues;
}

const GATE_FAILED: ErrorCode = 'GB_GATE_FAILED';
export const EXIT_GATE_FAILED = ERROR_CATALOGUE[GATE_FAILED].exitCode;

/** Throws GB_CONDITION. */
export function parseGates(
  texts: readonly string[],
  names: readonly string[] = RUN_VALUE_NAMES,
): readonly (readonly Condition[])[] {
  return texts.map(text => parseConditions(text, names));
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

/** Failed gates as warnings of the reply. */
export function gateWarnings(gates: readonly Gate[]): readonly RunWarning[] {
  return gates.filter(gate => gate.failed).map(gate => ({ code: GATE_FAILED, message: finding(gate) }));
}

/** Below a result; '' without gates. */
export function gatesText(gates: readonly Gate[], paint: Paint): string {
  return gates.length === 0 ? '' : `\n${gates.map(gate => gateText(gate, paint)).join('\n')}\n`;
}

function gateText(gate: Gate, paint: Paint): string {
  return `  ${gate.failed ? paint('red', GATE_FAILED) : paint('green', 'gate passed')}  ${finding(gate)}`;
}

/** `sharpe < 1: sharpe is 0.42` */
function finding({ condition, values }: Gate): string {
  const found = Object.entries(values).map(([name, value]) => `${name} is ${shown(value)}`);
  return `${condition}: ${found.join(', ')}`;
}

function shown(value: number | null): string {
  return value === null ? 'not defined' : brief(value, 6);
}
