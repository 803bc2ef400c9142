import { expect, test } from 'vitest';
import { detectInterval } from '../../../../src/runtime/host/csv/detect-interval.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const detect = (times: readonly number[]) => detectInterval(Float64Array.from(times), times.length);

test('daily bars with weekends', () => {
  const days = Array.from({ length: 30 }, (_, day) => day * DAY_MS).filter((_, day) => day % 7 < 5);
  expect(detect(days)).toBe('1d');
});

test('minutes of sessions, with a gap in each', () => {
  const minutes = Array.from({ length: 2000 }, (_, minute) => minute * MINUTE_MS).filter(
    (_, minute) => minute % 10 !== 7,
  );
  expect(detect(minutes)).toBe('1m');
  expect(detect(minutes.toReversed())).toBe('1m');
});

test('a tie goes to the shorter distance', () => {
  expect(detect([0, DAY_MS, 8 * DAY_MS])).toBe('1d');
  expect(detect([0, 7 * DAY_MS, 8 * DAY_MS])).toBe('1d');
});

test('only the rows that count are looked at', () => {
  expect(detectInterval(Float64Array.of(0, 300_000, 0, 0, 0), 2)).toBe('5m');
});

test('no interval: one bar, equal times, or a distance without a word', () => {
  expect(detect([5])).toBeUndefined();
  expect(detect([5, 5, 5])).toBeUndefined();
  expect(detect([0, 7 * MINUTE_MS, 14 * MINUTE_MS])).toBeUndefined();
});
