import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defined } from '../../../../src/runtime/base/defined.ts';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { importCsv } from '../../../../src/runtime/host/import/import-csv.ts';
import { isoTime } from '../../../../src/runtime/market/civil-date.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

/** Opens of the imported bars. */
async function opensOf(
  productId: string,
  times: readonly string[],
  stamp: 'open' | 'close',
  interval: string | undefined,
  timeZone = 'UTC',
): Promise<string[]> {
  const catalogDir = temporaryDir();
  const path = join(catalogDir, 'data.csv');
  writeFileSync(path, ['time,open,high,low,close,volume', ...times.map(time => `${time},1,1,1,1,1`)].join('\n'));
  const { entry } = await importCsv({
    catalogDir,
    productId,
    ...defined({ interval }),
    paths: [path],
    csv: { stamp, timeZone },
  });
  return Array.from((await readDataset(catalogDir, entry.name))!.columns.time, isoTime);
}

describe('stamps become opens', () => {
  test.each([
    ['an intraday open', 'crypto.XUSD.test', 'open', '1h', '2021-01-04T10:00:00Z', '2021-01-04T10:00Z'],
    ['an intraday close', 'crypto.XUSD.test', 'close', '1h', '2021-01-04T10:00:00Z', '2021-01-04T09:00Z'],
    ['the last millisecond', 'crypto.XUSD.test', 'close', '1h', '2021-01-04T09:59:59.999Z', '2021-01-04T09:00Z'],
    ['the last microsecond', 'crypto.XUSD.test', 'close', '5s', '2021-01-04T10:00:04.999999Z', '2021-01-04T10:00Z'],
    ['the last second', 'stock.X.usa', 'close', '1h', '2021-01-04T15:29:59Z', '2021-01-04T14:30Z'],
    ['the last second of five', 'crypto.XUSD.test', 'close', '5s', '2021-01-04T10:00:04Z', '2021-01-04T10:00Z'],
    ['the second at which one ends', 'crypto.XUSD.test', 'close', '1s', '2021-01-04T10:00:59Z', '2021-01-04T10:00:58Z'],
    ['a date of a stock', 'stock.X.usa', 'open', '1d', '2021-01-04', '2021-01-04T14:30Z'],
    ['a date of a stock, called its close', 'stock.X.usa', 'close', '1d', '2021-01-04', '2021-01-04T14:30Z'],
    ['the closing bell', 'stock.X.usa', 'close', '1d', '2021-01-04T21:00:00Z', '2021-01-04T14:30Z'],
    ['a date of a market that never closes', 'crypto.XUSD.test', 'open', '1d', '2021-01-04', '2021-01-04T00:00Z'],
    ['the midnight at which a day ended', 'crypto.XUSD.test', 'close', '1d', '2021-01-05', '2021-01-04T00:00Z'],
    ['the Monday of a week', 'stock.X.usa', 'open', '1w', '2021-01-04', '2021-01-04T14:30Z'],
    ['the Friday of a week, its close', 'stock.X.usa', 'close', '1w', '2021-01-08', '2021-01-04T14:30Z'],
    ['its Sunday, as pandas writes it', 'stock.X.usa', 'close', '1w', '2021-01-10', '2021-01-04T14:30Z'],
    ['the midnight at which a week ended', 'crypto.XUSD.test', 'close', '1w', '2021-01-11', '2021-01-04T00:00Z'],
    ['where a forex week ends', 'forex.EURUSD.test', 'close', '1w', '2021-01-08T22:00:00Z', '2021-01-04T00:00Z'],
    [
      '17:00 New York, where a forex day starts',
      'forex.EURUSD.test',
      'open',
      '1d',
      '2021-01-03T22:00:00Z',
      '2021-01-04T00:00Z',
    ],
    [
      '17:00 New York, where a forex day ends',
      'forex.EURUSD.test',
      'close',
      '1d',
      '2021-01-04T22:00:00Z',
      '2021-01-04T00:00Z',
    ],
  ] as const)('%s', async (_, productId, stamp, interval, time, open) => {
    expect(await opensOf(productId, [time], stamp, interval)).toEqual([open]);
  });
});

describe('a daily bar belongs to the date that its row says', () => {
  test.each([
    ['a date in Tokyo', 'stock.X.jpn', 'Asia/Tokyo', '2020-01-06', '2020-01-06T00:00Z'],
    ['a midnight in Berlin', 'stock.X.deu', 'Europe/Berlin', '2020-07-06 00:00', '2020-07-06T00:00Z'],
    ['a morning in Sydney', 'stock.X.aus', 'Australia/Sydney', '2020-01-06 10:00', '2020-01-06T00:00Z'],
    ['a date of a US stock', 'stock.X.usa', 'Europe/Berlin', '2020-01-06', '2020-01-06T14:30Z'],
    ['a date of a market that never closes', 'crypto.XUSD.test', 'Asia/Tokyo', '2020-01-06', '2020-01-06T00:00Z'],
    ['a UTC midnight in New York', 'crypto.XUSD.test', 'America/New_York', '2020-01-05 19:00', '2020-01-06T00:00Z'],
  ] as const)('%s', async (_, productId, timeZone, time, open) => {
    expect(await opensOf(productId, [time], 'open', '1d', timeZone)).toEqual([open]);
  });
});

test.each([
  ['1h', 'most are 1m apart', ['2021-01-04T10:00:00Z', '2021-01-04T10:01:00Z']],
  ['1h', 'most are closer to each other', ['2021-01-04T10:00:00Z', '2021-01-04T10:30:00Z', '2021-01-04T11:00:00Z']],
  ['1d', 'most are 1m apart', ['2021-01-04T10:00:00Z', '2021-01-04T10:01:00Z']],
  [
    '1d',
    'Most rows are 31 days apart, but the longest interval is 1w',
    ['2021-01-31', '2021-02-28', '2021-03-31', '2021-05-01'],
  ],
  ['1d', 'most are 1w apart', ['2021-01-04', '2021-01-11', '2021-01-18']],
  ['1d', 'two belong to the day', ['2021-01-04T10:00:00Z', '2021-01-04T17:07:00Z']],
])('bars that are not %s are refused: %s', async (interval, message, times) => {
  const error = await errorOf(() => opensOf('crypto.XUSD.test', times, 'open', interval));
  expect(error).toMatchObject({ code: 'GB_DATA_INTERVAL', message: expect.stringContaining(message) });
});

test('bars that sessions cut may be closer than their interval', async () => {
  const times = ['2021-07-06T13:30Z', '2021-07-06T16:00Z', '2021-07-07T13:30Z', '2021-07-07T16:00Z'];
  expect(await opensOf('stock.X.usa', times, 'open', '4h')).toHaveLength(4);
});

test('bars of a length that is no interval are refused with that length', async () => {
  const times = ['2021-01-04T10:00:00Z', '2021-01-04T10:30:00Z', '2021-01-04T11:00:00Z'];
  const error = await errorOf(() => opensOf('crypto.XUSD.test', times, 'open', undefined));
  expect(error).toMatchObject({ code: 'GB_DATA_INTERVAL', message: expect.stringContaining('Most are 30 min apart') });
});

test('a file without a usable row is not answered with how to choose a range', async () => {
  const path = join(temporaryDir(), 'data.csv');
  writeFileSync(path, 'time,open,high,low,close,volume\n2021-01-04,1,1,2,1,1\n');
  const target = { catalogDir: temporaryDir(), productId: 'crypto.XUSD.test' };
  const error = await errorOf(() => importCsv({ ...target, paths: [path], csv: {} }));
  expect(error).toMatchObject({
    code: 'GB_DATA_EMPTY',
    hint: expect.stringContaining('Check the file'),
    problems: ['data.csv:2: high is below low: 2021-01-04,1,1,2,1,1'],
  });
});

/** A text as it is inside its quotes. */
const plain = (value: number | string) => (typeof value === 'string' ? JSON.parse(value) : value);

test.each([
  ['multiplier', 0],
  ['multiplier', -50],
  ['lot', -1],
  ['tick', -0.25],
  ['tick', Number.NaN],
  ['currency', '""'],
  ['currency', '" "'],
])('a product with the %s %s is refused', async (option, value) => {
  const path = join(temporaryDir(), 'data.csv');
  writeFileSync(path, 'time,open,high,low,close,volume\n2021-01-04,1,1,1,1,1\n');
  const target = { catalogDir: temporaryDir(), productId: 'future.ES.usa', overrides: { [option]: plain(value) } };
  const error = await errorOf(() => importCsv({ ...target, interval: '1d', paths: [path], csv: {} }));
  expect(error).toMatchObject({ code: 'GB_DATA_PRODUCT', message: expect.stringContaining(`${option} ${value}`) });
});

test('what the user says of the product is stored', async () => {
  const catalogDir = temporaryDir();
  const path = join(catalogDir, 'es.csv');
  writeFileSync(path, 'time,open,high,low,close,volume\n2021-01-04,1,1,1,1,1\n');
  const { entry, detected } = await importCsv({
    ...{
      catalogDir,
      productId: 'future.ES.usa',
      interval: '1d',
      paths: [path],
      csv: {},
      importedAt: '2026-01-01T00:00:00Z',
    },
    overrides: { multiplier: 50, tick: 0.25, calendar: 'us-equity' },
  });
  expect(entry.product).toMatchObject({ multiplier: 50, tick: 0.25, currency: 'USD', calendar: 'us-equity' });
  expect(entry).toMatchObject({ source: 'CSV es.csv', importedAt: '2026-01-01T00:00:00Z', calendar: 'us-equity' });
  expect(detected[0]?.delimiter).toBe(',');
});
