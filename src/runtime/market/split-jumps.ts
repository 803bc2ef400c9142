/**
 * Jumps from one session to the next that look like a split nobody adjusted for. What tells them from news: the ratio
 * is one that splits have, the sessions on both sides are calm, the value traded stays what it was (after news it
 * is many times that), and the price does not come back. It is a guess: only a source of corporate actions knows.
 * Limitations: inside a bar of several sessions, such as a week, a split is not seen; nor is one of less than 5:4.
 */
import type { Bars } from './bars.ts';

export interface SplitJump {
  /** Index of the first bar after the jump. */
  readonly bar: number;
  /** `2:1`: two units after for one before; `1:10`: a reverse split. */
  readonly ratio: string;
  /** Whether the traded value before and after was compared, and fits. */
  readonly isVolumeKnown: boolean;
}

/** Units after for units before, as companies choose them. */
const WHOLE_RATIOS = [2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100];
const RATIOS: readonly (readonly [after: number, before: number])[] = [
  ...WHOLE_RATIOS.map(ratio => [ratio, 1] as const),
  [3, 2],
  [5, 2],
  [4, 3],
  [5, 3],
  [5, 4],
];
/** What news may do beside the split. Large ratios are beyond what news do, so that less is asked of them. */
interface Tolerance {
  readonly ratioMin: number;
  /** Of the ratio. */
  readonly price: number;
  /** Factor by which the traded value may change. */
  readonly value: number;
}

const TOLERANCES: readonly Tolerance[] = [
  { ratioMin: 8, price: 0.15, value: 20 },
  { ratioMin: 2, price: 0.05, value: 4 },
  { ratioMin: 1, price: 0.03, value: 4 },
];
/** A session's range may be this share of the jump. */
const CALM_SHARE = 1 / 3;
const VALUE_SESSIONS = 20;
/** Over a longer pause the price moves by itself. */
const PAUSE_DAYS_MAX = 10;

/** `bars` are adjusted for the splits that are known. */
export function findSplitJumps(bars: Bars): SplitJump[] {
  const sessions = sessionsOf(bars);
  const jumps: SplitJump[] = [];
  for (let i = 1; i < sessions.length; i++) {
    const jump = jumpBefore(sessions, i);
    if (jump !== undefined) jumps.push(jump);
  }
  return jumps;
}

interface Session {
  readonly day: number;
  /** Index of its first bar. */
  readonly first: number;
  readonly open: number;
  readonly close: number;
  /** High over low, less one. */
  readonly range: number;
  /** Price times volume. */
  readonly value: number;
}

function jumpBefore(sessions: readonly Session[], i: number): SplitJump | undefined {
  const [earlier, last, next, later] = [sessions[i - 2], sessions[i - 1]!, sessions[i]!, sessions[i + 1]];
  const [before, after] = [last.close, next.open];
  const found = nearestRatio(before > after ? before / after : after / before);
  if (found === undefined || next.day - last.day > PAUSE_DAYS_MAX) return undefined;
  const { many, few, tolerance } = found;
  const rangeMax = (many / few - 1) * CALM_SHARE;
  if (last.range > rangeMax || next.range > rangeMax) return undefined;
  const isBefore = (price: number): boolean => Math.abs(price - before) < Math.abs(price - after);
  if (isBefore(later?.open ?? after) || !isBefore(earlier?.close ?? before)) return undefined;
  const change = next.value / medianValue(sessions.slice(Math.max(0, i - VALUE_SESSIONS), i));
  const isVolumeKnown = change > 0 && change < Infinity;
  if (isVolumeKnown && (change > tolerance.value || change < 1 / tolerance.value)) return undefined;
  const ratio = before > after ? `${many}:${few}` : `${few}:${many}`;
  return { bar: next.first, ratio, isVolumeKnown };
}

/** The ratio that a factor above 1 is near to; undefined where it is near to none. */
function nearestRatio(factor: number) {
  const distance = ([many, few]: readonly [number, number]): number => Math.abs((factor * few) / many - 1);
  const [many, few] = RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
  const tolerance = TOLERANCES.find(({ ratioMin }) => many / few >= ratioMin)!;
  return distance([many, few]) <= tolerance.price ? { many, few, tolerance } : undefined;
}

function medianValue(sessions: readonly Session[]): number {
  const values = sessions.map(({ value }) => value).sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

function sessionsOf({ length, session, open, high, low, close, volume }: Bars): Session[] {
  const sessions: Session[] = [];
  let first = 0;
  for (let end = 1; end <= length; end++) {
    if (end < length && session[end] === session[first]) continue;
    let [highest, lowest, value] = [0, Number.POSITIVE_INFINITY, 0];
    for (let i = first; i < end; i++) {
      highest = Math.max(highest, high[i]!);
      lowest = Math.min(lowest, low[i]!);
      value += close[i]! * volume[i]!;
    }
    const range = highest / lowest - 1;
    sessions.push({
      day: session[first]!,
      first,
      open: open[first]!,
      close: close[end - 1]!,
      range,
      value,
    });
    first = end;
  }
  return sessions;
}
