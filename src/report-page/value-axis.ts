/** Value axes of charts: ranges with some air, and the round marks that the terminal's plots have. */
import { percent } from '../runtime/base/format.ts';
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

export function ticksOf(kind: AxisKind, [low, high]: Range, count: number): readonly Tick[] {
  if (kind === 'log' && high / low > 2) return logTicks(low, high);
  if (kind !== 'ratio') return valueTicks(low, high, count);
  return valueTicks(low * 100, high * 100, count).map(({ value }) => {
    return { value: value / 100, label: percent(value / 100, Math.abs(high - low) < 0.05 ? 1 : 0) };
  });
}
