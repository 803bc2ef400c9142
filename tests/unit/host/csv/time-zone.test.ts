import { expect, test } from 'vitest';
import { parseText, rowsOf } from './parse-text.ts';

/** New York, 2021: forward on 14 March at 02:00, back on 7 November at 02:00. */
async function newYork(times: readonly string[]) {
  const table = await parseText(`time,open,high,low,close\n${times.map(time => `${time},1,3,0.5,2\n`).join('')}`, {
    timeZone: 'America/New_York',
  });
  return { times: rowsOf(table).map(([time]) => String(time).slice(5, 16)), table };
}

test('winter and summer', async () => {
  const { times } = await newYork(['2021-01-04 09:30', '2021-07-06 09:30', '1999-07-06 09:30', '1921-01-04 09:30']);
  expect(times).toEqual(['01-04T14:30', '07-06T13:30', '07-06T13:30', '01-04T14:30']);
});

test('a time with its own offset keeps it', async () => {
  const { times } = await newYork(['2021-01-04T09:30Z', '2021-01-04T09:30+02:00', '2021-01-04T09:30']);
  expect(times).toEqual(['01-04T09:30', '01-04T07:30', '01-04T14:30']);
});

test('a local time that does not exist is a bad row', async () => {
  const { times, table } = await newYork([
    '2021-03-14 01:59',
    '2021-03-14 02:00',
    '2021-03-14 02:59',
    '2021-03-14 03:00',
  ]);
  expect(times).toEqual(['03-14T06:59', '03-14T07:00']);
  expect(table.badRows.map(({ line, reason }) => [line, reason])).toEqual([
    [3, '2021-03-14 02:00 does not exist in America/New_York: clocks go forward there'],
    [4, '2021-03-14 02:59 does not exist in America/New_York: clocks go forward there'],
  ]);
});

const LOCAL = ['00:30', '01:00', '01:30', '01:00', '01:30', '02:00'].map(clock => `2021-11-07 ${clock}`);
const UTC = ['11-07T04:30', '11-07T05:00', '11-07T05:30', '11-07T06:00', '11-07T06:30', '11-07T07:00'];

test('a local time that occurs twice follows the rows before it', async () => {
  const { times, table } = await newYork(LOCAL);
  expect(times).toEqual(UTC);
  expect(table.detected).toMatchObject({ timeZone: 'America/New_York', repeatedLocalTimes: 4 });
});

test('also in a file that starts with the newest bar', async () => {
  expect((await newYork(['2021-11-07 02:30', ...LOCAL.toReversed()])).times.slice(1)).toEqual(UTC.toReversed());
});

test('on its own it is the first of the two', async () => {
  expect((await newYork(['2021-11-07 01:30'])).times).toEqual(['11-07T05:30']);
});

test('epoch numbers know no time zone', async () => {
  const text = 'time,open,high,low,close\n1577836800,1,3,0.5,2\n';
  expect(rowsOf(await parseText(text, { timeZone: 'Asia/Tokyo' }))[0]?.[0]).toBe('2020-01-01T00:00:00Z');
});

test('date and clock in two columns are local too', async () => {
  const table = await parseText('2015.01.02,00:00,1.21,1.22,1.205,1.215,100\n', { timeZone: 'Europe/Berlin' });
  expect(rowsOf(table)[0]?.[0]).toBe('2015-01-01T23:00:00Z');
});

test.each([
  ['Frankfurt, over the change to summer', ['2024-03-29 00:00:00+01:00', '2024-04-01 00:00:00+02:00']],
  ['Tokyo, newest first', ['2024-04-01T00:00:00+09:00', '2024-03-29T00:00:00+09:00']],
  ['New York', ['2024-03-29 00:00:00-0400', '2024-04-01 00:00:00-0400']],
])('days written as midnights of %s are the dates that they say', async (_, days) => {
  const table = await parseText(`time,open,high,low,close\n${days.map(day => `${day},1,3,0.5,2\n`).join('')}`);
  expect(rowsOf(table).map(([time]) => time)).toEqual(days.map(day => `${day.slice(0, 10)}T00:00:00Z`));
});

test.each([
  ['hours', ['2024-03-29 00:00:00+01:00', '2024-03-29 01:00:00+01:00']],
  ['closes of days', ['2024-03-28 17:30:00+01:00', '2024-03-29 17:30:00+01:00']],
])('%s with an offset are instants', async (_, times) => {
  const table = await parseText(`time,open,high,low,close\n${times.map(time => `${time},1,3,0.5,2\n`).join('')}`);
  expect(rowsOf(table).map(([time]) => Date.parse(String(time)))).toEqual(times.map(time => Date.parse(time)));
});
