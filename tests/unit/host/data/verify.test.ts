import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { datasetNames, entryPath } from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { writeDataset } from '../../../../src/runtime/host/catalog/write-dataset.ts';
import { describeDataset } from '../../../../src/runtime/host/describe.ts';
import { samplesDir } from '../../../../src/runtime/host/folders.ts';
import { importCsv } from '../../../../src/runtime/host/import/import-csv.ts';
import { verifyDataset } from '../../../../src/runtime/host/verify.ts';
import { productOf } from '../../../../src/runtime/market/product-defaults.ts';
import { storeCloses } from '../../../helpers/catalog.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const NAME = 'crypto.ABCUSD.test@1d';
const DAY_MS = 86_400_000;

test('flaws and gaps are counted', async () => {
  const folder = temporaryDir();
  const columns = {
    rows: 6,
    time: Float64Array.of(0, 1, 1, 4, 3, 5).map(day => day * DAY_MS),
    open: Float64Array.of(5, 5, 5, 5, 5, 0),
    high: Float64Array.of(6, 4, 6, 6, 6, 6),
    low: Float64Array.of(4, 6, 4, 4, 4, 0),
    close: Float64Array.of(5, 5, 5, 5, 5, 5),
    volume: Float64Array.of(1, 1, 0, 1, 1, 1),
  };
  const meta = { product: productOf('crypto.ABCUSD.test'), interval: '1d', source: 'test', factors: [] } as const;
  await writeDataset(folder, columns, meta, { badRows: 0 });
  expect(await verifyDataset(folder, NAME)).toMatchObject({
    isIntact: true,
    duplicates: 1,
    unordered: 1,
    highBelowLow: 1,
    notPositive: 1,
    zeroVolume: 1,
    missing: 3,
    gaps: [
      { fromMs: 2 * DAY_MS, toMs: 4 * DAY_MS, missing: 2 },
      { fromMs: 4 * DAY_MS, toMs: 5 * DAY_MS, missing: 1 },
    ],
  });
});

test('a hash that is not that of the columns is found though every checksum fits', async () => {
  const folder = temporaryDir();
  const entry = await storeCloses(folder, { closes: [1, 2] });
  writeFileSync(entryPath(folder, NAME), JSON.stringify({ ...entry, sha256: 'ab'.repeat(32) }));
  expect(await verifyDataset(folder, NAME)).toMatchObject({ isIntact: false, sha256: entry.sha256 });
});

test.each([
  ['days', '1d', ['2021-01-15', '2021-01-16', '2021-01-18', '2021-01-19'], [2, '2021-01-16T14:30Z', 0, null]],
  [
    'minutes',
    '15m',
    ['2021-01-18T15:00Z', '2021-01-19T14:00Z', '2021-01-19T14:15Z', '2021-01-19T14:30Z', '2021-01-19T21:00Z'],
    [1, '2021-01-18T15:00Z', 3, '2021-01-19T14:00Z'],
  ],
  ['hours that reach into the session', '1h', ['2021-01-19T14:00Z', '2021-01-19T20:00Z'], [0, null, 0, null]],
  ['weeks', '1w', ['2021-01-04', '2021-01-18'], [0, null, 0, null]],
] as const)(
  '%s where the calendar does not trade are counted, the first is told',
  async (_, interval, times, found) => {
    const catalogDir = temporaryDir();
    const path = join(catalogDir, 'prices.csv');
    writeFileSync(path, ['time,open,high,low,close', ...times.map(time => `${time},1,1,1,1`)].join('\n'));
    const target = { catalogDir, productId: 'stock.ABC.usa', interval, paths: [path], csv: {} };
    const { entry } = await importCsv(target);
    const [closedDays, firstDay, outsideHours, firstHour] = found;
    const at = (time: string | null) => (time === null ? null : Date.parse(time));
    expect(await verifyDataset(catalogDir, entry.name)).toMatchObject({
      ...{ closedDays, firstClosedDayMs: at(firstDay), outsideHours, firstOutsideHoursMs: at(firstHour) },
    });
  },
);

describe('jumps', () => {
  const level = (price: number) => Array(30).fill(price);
  const closes = [...level(200), ...level(100), ...level(1000)];

  test('like splits are reported as the stored prices show them', async () => {
    const folder = temporaryDir();
    await storeCloses(folder, { closes });
    expect(await verifyDataset(folder, NAME)).toMatchObject({
      splitJumps: [
        { bar: 30, time: Date.UTC(2021, 1, 3), ratio: '2:1', before: 200, after: 100, isVolumeKnown: true },
        { bar: 60, time: Date.UTC(2021, 2, 5), ratio: '1:10', before: 100, after: 1000 },
      ],
      outliers: [],
    });
  });

  test('that the factors know are none', async () => {
    const folder = temporaryDir();
    const day = (month: number, date: number) => Date.UTC(2021, month, date) / DAY_MS;
    const factors = [
      { day: day(1, 2), priceFactor: 1, splitFactor: 0.5 * 10 },
      { day: day(2, 4), priceFactor: 1, splitFactor: 10 },
    ];
    await storeCloses(folder, { closes, factors });
    expect((await verifyDataset(folder, NAME))?.splitJumps).toEqual([]);
  });

  test('a bar that reaches far beyond its neighbours', async () => {
    const folder = temporaryDir();
    await storeCloses(folder, { closes: [100, 101, 300, 102, 100] });
    expect((await verifyDataset(folder, NAME))?.outliers).toEqual([Date.UTC(2021, 0, 6)]);
  });

  /** Its source lists the share class under another name before that day. */
  const KNOWN = {
    'stock.GOOG.usa@1d': [{ ratio: '2:1', time: Date.UTC(2014, 3, 3, 13, 30), before: 1135.1, after: 569.85 }],
  };

  test.each(datasetNames(samplesDir()))('%s: no false alarm in the samples', async name => {
    const { splitJumps = [] } = (await verifyDataset(samplesDir(), name)) ?? {};
    const expected: Readonly<Record<string, readonly object[]>> = KNOWN;
    expect(splitJumps).toMatchObject(expected[name] ?? []);
  });

  test('in raw prices of the samples every split is found', async () => {
    const folder = temporaryDir();
    for (const [symbol, ratios] of Object.entries({ AAPL: ['2:1', '2:1', '7:1', '4:1'], IBM: ['2:1'], BAC: ['2:1'] })) {
      const name = `stock.${symbol}.usa@1d`;
      const { columns, meta } = (await readDataset(samplesDir(), name))!;
      await writeDataset(folder, columns, { ...meta, factors: [] }, { badRows: 0 });
      expect((await verifyDataset(folder, name))?.splitJumps.map(({ ratio }) => ratio)).toEqual(ratios);
    }
  });
});

test('a dataset at a glance', async () => {
  const folder = temporaryDir();
  const entry = await storeCloses(folder, { closes: [3, 1, 2] });
  expect(await describeDataset(folder, NAME)).toEqual({
    entry,
    rows: 3,
    firstOpenMs: Date.UTC(2021, 0, 4),
    lastCloseMs: Date.UTC(2021, 0, 7),
    lowest: 1,
    highest: 3,
    lastClose: 2,
    averageVolume: 100,
    gaps: [],
    missing: 0,
    factorRows: 0,
    fundingRates: 0,
    times: Float64Array.of(5, 6, 7).map(day => Date.UTC(2021, 0, day)),
    closes: Float64Array.of(3, 1, 2),
  });
});

test('an unknown name is undefined', async () => {
  const folder = temporaryDir();
  expect(await verifyDataset(folder, NAME)).toBeUndefined();
  expect(await describeDataset(folder, NAME)).toBeUndefined();
});
