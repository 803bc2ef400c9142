/** Amounts as the tables of a cluster show them. */
import { momentText } from '../../runtime/report/format.ts';

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** Three digits, decimal units: `512 B`, `1.5 kB`, `147 MB`. */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 'B'];
  for (const next of UNITS) if (value >= 999.5) [value, unit] = [value / 1000, next];
  return `${value.toFixed(unit !== 'B' && value < 9.95 ? 1 : 0)} ${unit}`;
}

/** One unit: `0 s`, `12 s`, `5 min`, `3 h`, `2 days`. Clocks of two processes may differ a little: never below zero. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

const MINUTE_MS = 60_000;

/** `2026-11-22 17:45 UTC, 12 s ago` */
export const momentAgeText = (ms: number, nowMs: number): string =>
  `${momentText(Math.floor(ms / MINUTE_MS) * MINUTE_MS)} UTC, ${ageText(nowMs - ms)} ago`;
