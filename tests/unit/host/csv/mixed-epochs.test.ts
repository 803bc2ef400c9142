/** Vendors change the unit of their epochs within one file: read in one unit, the other's rows would lie in 1970. */
import { expect, test } from 'vitest';
import { parseText, rowsOf } from './parse-text.ts';

const HOUR = 3600;
const FIRST = 1_609_459_200;
const csv = (stamps: readonly (number | string)[]): string =>
  ['unix,open,high,low,close', ...stamps.map(stamp => `${stamp},1,2,0.5,1.5`)].join('\n');
/** Newest first, the newest four in the finer unit. */
const mixed = (fine: number, coarse: number): string =>
  csv(Array.from({ length: 6 }, (_, i) => (FIRST - i * HOUR) * (i < 4 ? fine : coarse)));

test.each([
  ['seconds after milliseconds', 1e3, 1],
  ['milliseconds after microseconds', 1e6, 1e3],
  ['seconds after microseconds', 1e6, 1],
])('%s are refused, with the line', async (_, fine, coarse) => {
  await expect(parseText(mixed(fine, coarse))).rejects.toMatchObject({
    code: 'GB_CSV_FORMAT',
    message: expect.stringMatching(/two units, it seems: line 5 is of 2020-12-31T21:00Z, line 6 of 1970-01-/),
    hint: expect.stringMatching(/--columns/),
  });
});

test.each([
  ['days around 1970', [-172_800_000, -86_400_000, 0, 86_400_000, 172_800_000]],
  ['milliseconds from 1962 on', [-252_460_800_000, -252_374_400_000, 1_209_600_000, 1_296_000_000, 33_000_000_000]],
])('%s are of one unit', async (_, stamps) => {
  const table = await parseText(csv(stamps), { timeFormat: 'epoch-ms' });
  expect(rowsOf(table)).toHaveLength(stamps.length);
});
