import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../../../src/runtime/base/error-codes/index.ts';
import { readEntry } from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { catalogOf, samplesDir } from '../../../../src/runtime/host/folders.ts';
import { importCsv } from '../../../../src/runtime/host/import/import-csv.ts';
import { loadDataset } from '../../../../src/runtime/host/resolve-data.ts';
import { closeTimeAt } from '../../../../src/runtime/market/bars.ts';
import { isoTime, parseIsoDate } from '../../../../src/runtime/market/civil-date.ts';
import { storeCloses } from '../../../helpers/catalog.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const load = (ref: string, options: object = {}, projectDir = temporaryDir()) =>
  loadDataset(ref, { projectDir, prices: 'adjusted', ...options });

describe('where a reference leads', () => {
  test('a shipped sample', async () => {
    const { dataset, warnings } = await load('stock.SPY.usa@1d');
    const { bars, ...rest } = dataset;
    expect(rest).toEqual({
      name: 'stock.SPY.usa@1d',
      hash: readEntry(samplesDir(), 'stock.SPY.usa@1d')?.sha256,
      product: { id: 'stock.SPY.usa', currency: 'USD', multiplier: 1, lot: 0, tick: 0, calendar: 'us-equity' },
    });
    expect([bars.length, bars.durationMs, isoTime(bars.time[0]!)]).toEqual([5849, 23_400_000, '1998-01-02T14:30Z']);
    expect(warnings).toEqual([]);
  });

  test('a dataset of the project comes before a sample of the same name', async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), { productId: 'stock.SPY.usa', closes: [42] });
    const { dataset } = await load('stock.SPY.usa@1d', {}, projectDir);
    expect([...dataset.bars.close]).toEqual([42]);
  });

  test("finer bars of the project come before a sample of the name's own length", async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), {
      productId: 'crypto.BTCUSD.global',
      interval: '1h',
      closes: Array(24).fill(42),
    });
    const { dataset } = await load('crypto.BTCUSD.global@1d', {}, projectDir);
    expect([...dataset.bars.close]).toEqual([42]);
  });

  test('an unknown name is missing, and near names are offered', async () => {
    const error = await errorOf(() => load('stock.SPX.usa@1d'));
    expect(error).toMatchObject({ code: 'GB_DATA_MISSING', message: expect.stringContaining('"stock.SPY.usa@1d"') });
    expect((await errorOf(() => load('no-such-file.csv'))).code).toBe('GB_DATA_MISSING');
  });

  test('finer bars are resampled, the coarsest that fit, with a hash of their own', async () => {
    const projectDir = temporaryDir();
    const closes = Array.from({ length: 240 }, (_, i) => 1 + i);
    const minutes = await storeCloses(catalogOf(projectDir), { interval: '1m', closes });
    const { dataset } = await load('crypto.ABCUSD.test@1h', {}, projectDir);
    expect([...dataset.bars.close]).toEqual([60, 120, 180, 240]);
    expect(dataset.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(dataset.hash).not.toBe(minutes.sha256);
    expect((await load('crypto.ABCUSD.test@1h', {}, projectDir)).dataset.hash).toBe(dataset.hash);
    await storeCloses(catalogOf(projectDir), { interval: '15m', closes: [5, 6, 7, 8] });
    expect([...(await load('crypto.ABCUSD.test@1h', {}, projectDir)).dataset.bars.close]).toEqual([8]);
    expect((await errorOf(() => load('crypto.ABCUSD.test@1d', {}, projectDir))).code).toBe('GB_DATA_EMPTY');
    expect((await errorOf(() => load('crypto.ABCUSD.test@1s', {}, projectDir))).code).toBe('GB_DATA_MISSING');
  });
});

test.each(['stock.ABC.usa', 'forex.EURUSD.test', 'stock.ABC.deu', 'crypto.ABCUSD.test'])(
  'stored weeks of %s are known when those made from days are, also where clocks change',
  async productId => {
    const [stored, made] = [temporaryDir(), temporaryDir()];
    const folder = temporaryDir();
    const day = (index: number) => isoTime(Date.UTC(2021, 2, 1 + index)).slice(0, 10);
    const store = async (projectDir: string, interval: string, dates: readonly string[]) => {
      const path = join(folder, `${interval}.csv`);
      writeFileSync(path, ['date,open,high,low,close', ...dates.map(date => `${date},1,1,1,1`)].join('\n'));
      await importCsv({ catalogDir: catalogOf(projectDir), productId, interval, paths: [path], csv: {} });
      return (await load(`${productId}@1w`, {}, projectDir)).dataset.bars;
    };
    const weeks = await store(stored, '1w', [0, 7, 14].map(day));
    const ofDays = await store(
      made,
      '1d',
      Array.from({ length: 21 }, (_, i) => i)
        .filter(keepsDay(productId))
        .map(day),
    );
    const closes = Array.from(weeks.time, (_, i) => isoTime(closeTimeAt(weeks, i)));
    expect(closes).toEqual(Array.from(ofDays.time, (_, i) => isoTime(closeTimeAt(ofDays, i))));
    expect([...weeks.time]).toEqual([...ofDays.time]);
    expect([0, 1].every(i => closeTimeAt(weeks, i) <= weeks.time[i + 1]!)).toBe(true);
  },
);

test.each([
  ['stock.ABC.usa', '2021-03-07'],
  ['stock.ABC.deu', '2021-03-07'],
  ['crypto.ABCUSD.test', '2021-03-07'],
  ['crypto.ABCUSD.test', '2021-03-04'],
])('stored weeks of %s that begin on %s and not on Monday are not known before the next begins', async (id, first) => {
  const projectDir = temporaryDir();
  const path = join(projectDir, 'weeks.csv');
  const dates = [0, 7, 14].map(days => isoTime((parseIsoDate(first) ?? NaN) + days * 86_400_000).slice(0, 10));
  writeFileSync(path, ['date,open,high,low,close', ...dates.map(date => `${date},1,1,1,1`)].join('\n'));
  await importCsv({ catalogDir: catalogOf(projectDir), productId: id, interval: '1w', paths: [path], csv: {} });
  const { bars } = (await load(`${id}@1w`, {}, projectDir)).dataset;
  expect([0, 1].map(i => closeTimeAt(bars, i))).toEqual([...bars.time.subarray(1)]);
  expect(closeTimeAt(bars, 2) - bars.time[2]!).toBe(7 * 86_400_000);
});

const keepsDay = (productId: string) => (index: number) => productId.startsWith('crypto') || index % 7 < 5;

describe('range', () => {
  test('from is inclusive, to exclusive, both on the open', async () => {
    const from = Date.UTC(2021, 0, 4, 14, 30);
    const to = Date.UTC(2021, 0, 6, 14, 30);
    const { bars } = (await load('stock.SPY.usa@1d', { from, to })).dataset;
    expect(Array.from(bars.time, isoTime)).toEqual(['2021-01-04T14:30Z', '2021-01-05T14:30Z']);
    expect(bars.session).toHaveLength(2);
  });

  test('a range without bars is refused with the range that there is', async () => {
    const error = await errorOf(() => load('stock.SPY.usa@1d', { from: Date.UTC(2030, 0) }));
    expect(error.code).toBe('GB_DATA_EMPTY');
    expect(error.message).toContain('1998-01-02T14:30Z to 2021-03-31T13:30Z');
  });
});

describe('prices', () => {
  const day = parseIsoDate('2021-01-05')!;
  const factors = [
    { day, priceFactor: 0.5, splitFactor: 0.5 },
    { day: day + 1000, priceFactor: 1, splitFactor: 1 },
  ];

  test('adjusted prices and volumes are scaled', async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), { closes: [8, 8, 8], factors });
    const { dataset, warnings } = await load('crypto.ABCUSD.test@1d', {}, projectDir);
    expect([...dataset.bars.close]).toEqual([2, 2, 8]);
    expect([...dataset.bars.volume]).toEqual([200, 200, 100]);
    expect(warnings).toEqual([]);
  });

  test('raw prices stay, with the splits and dividends that the factors tell of', async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), { closes: [8, 8, 8], factors });
    const raw = await load('crypto.ABCUSD.test@1d', { prices: 'raw' }, projectDir);
    expect([...raw.dataset.bars.close]).toEqual([8, 8, 8]);
    // Before 6 January a unit was half of one, and what it paid out was half of its price.
    expect(raw.dataset.actions).toEqual([{ time: Date.UTC(2021, 0, 6), ratio: 2, dividend: 4 }]);
    expect(raw.warnings).toEqual([]);
    expect((await load('crypto.ABCUSD.test@1d', {}, projectDir)).dataset.actions).toBeUndefined();
  });

  test('a split inside a longer bar is told', async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), { closes: Array(21).fill(8), factors });
    const weeks = await load('crypto.ABCUSD.test@1w', { prices: 'raw' }, projectDir);
    expect(weeks.dataset.actions).toHaveLength(1);
    expect(weeks.warnings).toEqual([{ code: 'raw-split', message: expect.stringContaining('on 2021-01-06, inside') }]);
    const later = await load('crypto.ABCUSD.test@1w', { prices: 'raw', from: Date.UTC(2021, 0, 11) }, projectDir);
    expect(later.warnings).toEqual([]);
  });

  test('a split inside a stored week is told, and booked before it; adjusted by one factor it has two prices too', async () => {
    const projectDir = temporaryDir();
    await storeCloses(catalogOf(projectDir), { interval: '1w', closes: [8, 8, 8], start: '2020-12-28', factors });
    const told = [{ code: 'raw-split', message: expect.stringContaining('on 2021-01-06, inside') }];
    const raw = await load('crypto.ABCUSD.test@1w', { prices: 'raw' }, projectDir);
    expect(raw.dataset.actions).toEqual([{ time: Date.UTC(2021, 0, 6), ratio: 2, dividend: 4 }]);
    expect(raw.warnings).toEqual(told);
    expect((await load('crypto.ABCUSD.test@1w', {}, projectDir)).warnings).toEqual(told);
  });

  test('funding comes with the dataset, also when it is resampled', async () => {
    const projectDir = temporaryDir();
    const funding = [{ time: Date.UTC(2021, 0, 5, 8), rate: 0.0001 }];
    await storeCloses(catalogOf(projectDir), { closes: Array(14).fill(8), funding });
    expect((await load('crypto.ABCUSD.test@1d', {}, projectDir)).dataset.funding).toEqual(funding);
    expect((await load('crypto.ABCUSD.test@1w', {}, projectDir)).dataset.funding).toEqual(funding);
  });

  test("Apple's seven-for-one split of 2014 is no jump in adjusted prices", async () => {
    const range = { from: Date.UTC(2014, 5, 6), to: Date.UTC(2014, 5, 10) };
    const change = async (prices: string): Promise<number> => {
      const { close } = (await load('stock.AAPL.usa@1d', { ...range, prices })).dataset.bars;
      return close[1]! / close[0]!;
    };
    expect(await change('raw')).toBeCloseTo(1.016 / 7, 3);
    expect(await change('adjusted')).toBeCloseTo(1.016, 2);
  });
});

describe('CSV by path', () => {
  const csv = (rows: readonly string[], name = 'my data.csv'): string => {
    const path = join(temporaryDir(), name);
    writeFileSync(path, ['time,open,high,low,close,volume', ...rows].join('\n'));
    return path;
  };

  test('needs no import and keeps its name', async () => {
    const path = csv(['2021-01-04,1,2,1,2,10', '2021-01-05,2,3,2,3,10']);
    const { dataset } = await load(path);
    expect(dataset).toMatchObject({ name: 'my data.csv', product: { id: 'file.my-data.local', calendar: 'weekdays' } });
    expect(dataset.bars).toMatchObject({ length: 2, durationMs: 86_400_000 });
    const copy = join(temporaryDir(), 'my data.csv');
    copyFileSync(path, copy);
    expect((await load(copy)).dataset.hash).toBe(dataset.hash);
  });

  test('weekend bars mean a market that never closes; the calendar can be given', async () => {
    const days = ['2021-01-08', '2021-01-09', '2021-01-10', '2021-01-11'];
    const path = csv(days.map(day => `${day},1,1,1,1,1`));
    expect((await load(path)).dataset.product.calendar).toBe('24/7');
    const stocks = (await load(path, { calendar: 'us-equity' })).dataset;
    expect(isoTime(stocks.bars.time[0]!)).toBe('2021-01-08T14:30Z');
  });

  test('a bar that the next one cuts short is known when that opens', async () => {
    // Hours as Interactive Brokers writes them, and as `data export` does: the first is half of one.
    const opens = ['14:30', '15:00', '16:00', '17:00'].map(clock => `2021-01-04T${clock}:00Z,1,1,1,1,1`);
    const { bars } = (await load(csv(opens, 'stock.XYZ.usa@1h.csv'))).dataset;
    const closes = [...bars.time].map((_, i) => isoTime(closeTimeAt(bars, i)).slice(11));
    expect(closes).toEqual(['15:00Z', '16:00Z', '17:00Z', '18:00Z']);
  });

  test('a file named like a dataset is that product', async () => {
    const { product, bars } = (await load(csv(['2021-01-04,1,2,1,2,10'], 'stock.XYZ.usa@1d.csv'))).dataset;
    expect(product).toMatchObject({ id: 'stock.XYZ.usa', calendar: 'us-equity' });
    expect(isoTime(bars.time[0]!)).toBe('2021-01-04T14:30Z');
  });

  test('bad rows are skipped and told', async () => {
    const [good, crossed, broken] = [',1,2,1,2,10', ',1,1,2,2,10', ',x,2,1,2,10'];
    const path = csv([
      `2021-01-04${good}`,
      `2021-01-05${crossed}`,
      `2021-01-06${good}`,
      `2021-01-07${good}`,
      `2021-01-08${broken}`,
    ]);
    const { dataset, warnings } = await load(path);
    expect(dataset.bars.length).toBe(3);
    expect(warnings).toEqual([
      { code: 'bad-rows', message: expect.stringMatching(/2 rows .* line 3: high is below low/) },
    ]);
  });

  test('times that tell no interval are refused', async () => {
    const error = await errorOf(() => load(csv(['2021-01-04T00:00:00Z,1,1,1,1,1', '2021-01-04T00:00:07Z,1,1,1,1,1'])));
    // A run has no `--interval`: the name of the file says it.
    expect(error.code).toBe('GB_DATA_INTERVAL');
    expect(ERROR_CATALOGUE.GB_DATA_INTERVAL.hint).toContain('`stock.ACME.usa@1d.csv`');
  });

  test('one bar has the interval that the name of its file says', async () => {
    const { bars } = (await load(csv(['2021-01-04,1,2,1,2,10'], 'stock.SPY.usa@1d.csv'))).dataset;
    expect(bars).toMatchObject({ length: 1, durationMs: 23_400_000 });
  });
});
