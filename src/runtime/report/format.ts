/** The report's words for metrics, times and run options. */
import { counted, grouped, money, percent, withoutDust } from '../base/format.ts';
import type { FeeModel, SlippageModel } from '../engine/run-options.ts';
import { isoDate, isoTime, MS_PER_DAY } from '../market/civil-date.ts';
import type { Metric } from '../metrics/metric.ts';

/** What stands for an undefined value. */
export const UNDEFINED = '-';

export function metricText({ value, unit }: Pick<Metric, 'value' | 'unit'>): string {
  if (value === null) return UNDEFINED;
  switch (unit) {
    case 'ratio':
      return percent(value, Math.abs(value) < 0.1 ? 2 : 1);
    case 'cash':
      return money(value);
    case 'number':
      return grouped(value, 2);
    case 'count':
      return grouped(value);
    case 'days':
    case 'bars':
      return grouped(value, Number.isInteger(value) ? 0 : 1);
  }
}

/** `2021-03-31`, UTC. */
export function dateText(epochMs: number): string {
  return isoDate(Math.floor(epochMs / MS_PER_DAY));
}

/** The day of a bar that closed then: for a close at midnight the day before. */
export function closeDateText(epochMs: number): string {
  return dateText(epochMs - 1);
}

/** The date, and the time of day where it is not midnight: `2021-03-31 13:30`. UTC. */
export function momentText(epochMs: number): string {
  return epochMs % MS_PER_DAY === 0 ? dateText(epochMs) : isoTime(epochMs).replace('T', ' ').replace('Z', '');
}

/** `0.4 ms`, `41 ms`, `1.2 s`, `3 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1,512 days`, or hours and minutes for what is shorter than two days. */
export function spanText(days: number): string {
  if (days >= 2) return counted(Math.round(days), 'day');
  const minutes = Math.round(days * 1440);
  return minutes >= 120 ? counted(Math.round(minutes / 60), 'hour') : counted(minutes, 'minute');
}

export function feeText(model: FeeModel): string {
  switch (model.kind) {
    case 'none':
      return 'none';
    case 'rate':
      return bpsText(model.rate);
    case 'maker-taker':
      return `maker ${bpsText(model.maker)}, taker ${bpsText(model.taker)}`;
    case 'per-share':
      return `${model.perShare} a share, at least ${model.min}`;
    case 'fixed':
      return `${model.perFill} a fill`;
    case 'strategy':
      return "the strategy's own";
  }
}

export function slippageText(model: SlippageModel): string {
  switch (model.kind) {
    case 'none':
      return 'none';
    case 'rate':
      return bpsText(model.rate);
    case 'fixed':
      return `${model.perUnit} a unit`;
  }
}

/** Ten thousandths. */
function bpsText(rate: number): string {
  return `${withoutDust(rate * 10_000)} bps`;
}

/** `2021-03-31T13:30:00.000Z`; null for a time that does not exist. */
export function timeJson(epochMs: number): string | null {
  if (!Number.isFinite(epochMs)) return null;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const ms = epochMs - Math.floor(epochMs / MS_PER_DAY) * MS_PER_DAY;
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${dateText(epochMs)}T${clock}.${String(Math.floor(ms % 1000)).padStart(3, '0')}Z`;
}
