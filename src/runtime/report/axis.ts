/** Round numbers along a value axis, and dates along a time axis. */
import { grouped } from '../base/format.ts';
import { MS_PER_DAY } from '../market/civil-date.ts';
import { closeDateText, momentText } from './format.ts';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

const LONG_MS = 10 * MS_PER_DAY;
const DIGITS_MAX = 8;
const ROUND_STEPS = [1, 2, 2.5, 5, 10];

/** At most about `count` round values within `[low, high]`. */
export function valueTicks(low: number, high: number, count: number): Tick[] {
  const rough = (high - low) / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ROUND_STEPS.find(round => round * magnitude >= rough * 0.999)!;
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (isQuarter(step / magnitude) ? 1 : 0));
  const ticks: Tick[] = [];
  for (let index = Math.ceil(low / step); index * step <= high; index++) {
    ticks.push({ value: index * step, label: tickText(index * step, digits) });
  }
  return ticks;
}

/** `0.00012`; where so many digits would be zeros, `1.2e-9`. */
function tickText(value: number, digits: number): string {
  return digits <= DIGITS_MAX ? grouped(value, digits) : String(Number(value.toPrecision(DIGITS_MAX)));
}

/** Round values on a logarithmic scale: the wider the range, the fewer in each power of ten. `low` is positive. */
export function logTicks(low: number, high: number): Tick[] {
  const mantissas = high / low < 10 ? [1, 1.5, 2, 3, 5, 7] : high / low < 1000 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const value of mantissas.map(mantissa => mantissa * 10 ** power)) {
      if (value >= low && value <= high) ticks.push({ value, label: grouped(value, Math.max(0, 1 - power)) });
    }
  }
  return ticks;
}

/** How far below `high` a value lies on a logarithmic scale: 0 at `high`, 1 at `low`. */
export function factorShare(value: number, low: number, high: number): number {
  return Math.log(high / value) / Math.log(high / low);
}

/** One line of dates under `columns` cells whose times are `times`; the first and the last are always there. */
export function timeAxis(times: Float64Array, columns: number): string {
  const label = isDaily(times) ? closeDateText : minuteText;
  const labels = Math.max(2, Math.min(5, Math.floor(columns / 22)));
  let line = '';
  for (let index = 0; index < labels; index++) {
    const share = index / (labels - 1);
    const text = label(times[Math.round(share * (times.length - 1))]!);
    line = line.padEnd(Math.round(share * (columns - text.length))) + text;
  }
  return line;
}

/** A long range, or one that starts and ends with whole days, needs no time of day. */
function isDaily(times: Float64Array): boolean {
  const [first, last] = [times[0]!, times.at(-1)!];
  return last - first >= LONG_MS || (first % MS_PER_DAY === 0 && last % MS_PER_DAY === 0);
}

function minuteText(time: number): string {
  return momentText(Math.round(time / 60_000) * 60_000);
}

function isQuarter(mantissa: number): boolean {
  return Math.abs(mantissa - 2.5) < 1e-9;
}
