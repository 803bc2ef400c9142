/** Value axes of charts: ranges with some air, and the round marks that the terminal's plots have. */
import { grouped } from '../runtime/base/format.ts';
import { logTicks, type Tick, valueTicks } from '../runtime/report/axis.ts';

/** How values are marked: `ratio` in per cent. */
export type AxisKind = 'number' | 'ratio' | 'log';

export type Range = readonly [low: number, high: number];

const AIR = 0.06;

/** `low` and `high` of what is shown; null where there is nothing. `from` and `to` are always part of the range. */
export function paddedRange(low: number | null, high: number | null, kind: AxisKind, keeps: readonly number[]): Range {
  if (low === null || high === null) return [0, 1];
  if (kind === 'log') return [low * (1 - AIR), high * (1 + AIR)];
  const [bottom, top] = [Math.min(low, ...keeps), Math.max(high, ...keeps)];
  if (bottom === top) {
    const air = Math.abs(top) * AIR || 1;
    return [bottom - air, keeps.includes(top) ? top : top + air];
  }
  const air = (top - bottom) * AIR;
  return [keeps.includes(bottom) ? bottom : bottom - air, keeps.includes(top) ? top : top + air];
}

/** About `count` marks, and never one alone, which would leave the axis without a scale. */
export function ticksOf(kind: AxisKind, [low, high]: Range, count: number): readonly Tick[] {
  if (kind === 'log' && high / low > 2) return shortened(logTicks(low, high));
  const [from, to] = kind === 'ratio' ? [low * 100, high * 100] : [low, high];
  const some = valueTicks(from, to, count);
  const marks = some.length > 1 ? some : valueTicks(from, to, 2 * count);
  if (kind !== 'ratio') return shortened(marks);
  return marks.map(({ value, label }) => ({ value: value / 100, label: `${label}%` }));
}

/** What the axis has room for. */
const LABEL_MAX = 10;
const UNITS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
] as const;
const DIGITS_MAX = 9;

/** Labels that would be cut off, or would not tell their marks apart, in millions and the like or with an exponent. */
function shortened(marks: readonly Tick[]): readonly Tick[] {
  const labels = new Set(marks.map(({ label }) => label));
  if (labels.size === marks.length && [...labels].every(({ length }) => length <= LABEL_MAX)) return marks;
  const values = marks.map(({ value }) => value);
  const largest = Math.max(...values.map(Math.abs));
  const [size, letter] = UNITS.find(([unit]) => largest >= unit && largest < 1000 * UNITS[0][0]) ?? [0, ''];
  const text = (value: number, digits: number) =>
    size > 0 ? `${grouped(value / size, digits)}${letter}` : value === 0 ? '0' : value.toExponential(digits);
  const rounded = (value: number, digits: number) =>
    size > 0 ? Number((value / size).toFixed(digits)) * size : Number(value.toExponential(digits));
  const near = Math.min(largest, ...values.slice(1).map((value, index) => value - values[index]!)) / 100;
  let digits = 0;
  while (digits < DIGITS_MAX && values.some(value => Math.abs(rounded(value, digits) - value) > near)) digits++;
  return values.map(value => ({ value, label: text(value, digits) }));
}
