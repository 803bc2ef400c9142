/**
 * Days written as midnights of some place with their offset, `2024-03-18 00:00:00+01:00`, as yfinance writes those of
 * Frankfurt or Tokyo: such a row says a date. As an instant it would belong to the day before in most other zones.
 */
import { MS_PER_DAY } from '../../market/civil-date.ts';
import type { RawColumns } from '../import/raw-columns.ts';

/** Two midnights are not nearer, also where clocks go forward or the offset changes. */
const GAP_MIN_MS = 20 * 3_600_000;

/** Rewrites the times where all of them are such midnights. `readLocal` reads the same rows without their offsets. */
export function keepWrittenDates({ time, length }: RawColumns, readLocal: () => RawColumns): void {
  const times = time.subarray(0, length);
  const isApart = times.every((ms, row) => row === 0 || Math.abs(ms - (times[row - 1] as number)) >= GAP_MIN_MS);
  if (length < 2 || !isApart || times.every(isMidnight)) return;
  const local = readLocal().time.subarray(0, length);
  if (local.every(isMidnight)) times.set(local);
}

const isMidnight = (ms: number): boolean => ms % MS_PER_DAY === 0;
