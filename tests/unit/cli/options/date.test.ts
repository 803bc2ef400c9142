import { expect, test } from 'vitest';
import { parseDate } from '../../../../src/cli/options/date.ts';

test.each([
  ['1970-01-01', 0],
  ['2004-01-01', Date.UTC(2004, 0, 1)],
  ['2016-02-29', Date.UTC(2016, 1, 29)],
  ['2004-01-01T14:30', Date.UTC(2004, 0, 1, 14, 30)],
  ['2004-01-01T14:30Z', Date.UTC(2004, 0, 1, 14, 30)],
  ['2004-01-01T14:30:15Z', Date.UTC(2004, 0, 1, 14, 30, 15)],
  ['2004-01-01T23:59:59.5Z', Date.UTC(2004, 0, 1, 23, 59, 59, 500)],
])('%s is %d', (text, expected) => {
  expect(parseDate(text)).toBe(expected);
});

test.each([
  '',
  '2004',
  '2004-1-1',
  '2004-13-01',
  '2015-02-29',
  '2004-01-01T24:00',
  '2004-01-01T10:00+01:00',
  '01/02/2004',
  '2004-01-01 10:00',
])('"%s" is no date', text => {
  expect(parseDate(text)).toBeUndefined();
});
