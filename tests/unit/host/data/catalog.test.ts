import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type CatalogEntry,
  datasetNames,
  entryPath,
  listDatasets,
  listEntries,
  readEntry,
} from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { float64FromInt64InPlace, int64FromFloat64 } from '../../../../src/runtime/host/catalog/int64-time.ts';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { storeCloses } from '../../../helpers/catalog.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const NAME = 'crypto.ABCUSD.test@1d';

test('what is stored is read back, bit for bit, into shared memory', async () => {
  const folder = temporaryDir();
  const factors = [{ day: 18_000, priceFactor: 0.1, splitFactor: 0.25 }];
  const entry = await storeCloses(folder, { closes: [0.1 + 0.2, 1e-300, 7], factors });
  const { columns, meta, ...loaded } = (await readDataset(folder, NAME))!;
  expect(loaded.entry).toEqual(entry);
  expect(entry).toMatchObject({
    name: NAME,
    rows: 3,
    from: Date.UTC(2021, 0, 4),
    to: Date.UTC(2021, 0, 6),
    badRows: 0,
  });
  expect([...columns.close]).toEqual([0.1 + 0.2, 1e-300, 7]);
  expect([...columns.time]).toEqual([4, 5, 6].map(day => Date.UTC(2021, 0, day)));
  expect(columns.close.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(meta).toEqual({ product: entry.product, interval: '1d', source: 'test', factors });
});

test('a file of several parts is read whole', async () => {
  const folder = temporaryDir();
  const closes = Array.from({ length: 100_003 }, (_, i) => 1 + (i % 977));
  await storeCloses(folder, { closes, interval: '1m', productId: 'crypto.BIGUSD.test' });
  const { columns } = (await readDataset(folder, 'crypto.BIGUSD.test@1m'))!;
  expect(columns.close).toEqual(Float64Array.from(closes));
});

test('int64 and float64 agree before and after 1970', () => {
  const times = Float64Array.of(0, -1, 1, Date.UTC(2021, 0, 4), Date.UTC(1901, 5, 1), 2 ** 52, -(2 ** 52));
  const halves = int64FromFloat64(times);
  expect(Array.from(new BigInt64Array(halves.buffer), Number)).toEqual([...times]);
  expect(float64FromInt64InPlace(new Uint8Array(halves.buffer))).toEqual(times);
});

test('the hash names product, interval, factors and bars, not the source', async () => {
  const hashOf = async (change: object): Promise<string> =>
    (await storeCloses(temporaryDir(), { closes: [1, 2], ...change })).sha256;
  const base = await hashOf({});
  expect(await hashOf({})).toBe(base);
  const changes = [
    { closes: [1, 3] },
    { start: '2021-01-05' },
    { interval: '1h' },
    { productId: 'crypto.ABDUSD.test' },
    { factors: [{ day: 1, priceFactor: 1, splitFactor: 1 }] },
  ];
  const hashes = await Promise.all(changes.map(hashOf));
  expect(new Set([base, ...hashes]).size).toBe(changes.length + 1);
});

test('every changed byte of a file is noticed', async () => {
  const folder = temporaryDir();
  const { file } = await storeCloses(folder, { closes: [1, 2, 3] });
  const path = join(folder, file);
  const whole = readFileSync(path);
  for (let position = 0; position < whole.length; position++) {
    const damaged = Buffer.from(whole);
    damaged[position] = damaged[position]! ^ 0x10;
    writeFileSync(path, damaged);
    const error = await errorOf(() => readDataset(folder, NAME));
    expect(error).toMatchObject({ code: 'GB_DATA_CORRUPT', message: expect.stringContaining(NAME) });
  }
  for (const length of [0, 10, whole.length - 8]) {
    writeFileSync(path, whole.subarray(0, length));
    expect((await errorOf(() => readDataset(folder, NAME))).code).toBe('GB_DATA_CORRUPT');
  }
});

test('a damaged index entry and a missing file are corrupt, an unknown name is undefined', async () => {
  const folder = temporaryDir();
  const { file } = await storeCloses(folder, { closes: [1] });
  expect(await readDataset(folder, 'crypto.NONE.test@1d')).toBeUndefined();
  renameSync(join(folder, file), join(folder, 'away'));
  expect((await errorOf(() => readDataset(folder, NAME))).code).toBe('GB_DATA_CORRUPT');
  for (const text of ['{"v":1', '{"v":1}', 'null', '{"v":2}']) {
    writeFileSync(entryPath(folder, NAME), text);
    expect((await errorOf(() => readEntry(folder, NAME))).code).toBe('GB_DATA_CORRUPT');
  }
});

test('a second import replaces the first and removes its file once that is old', async () => {
  const folder = temporaryDir();
  const first = await storeCloses(folder, { closes: [1] });
  const longAgo = Date.now() / 1000 - 120;
  utimesSync(join(folder, first.file), longAgo, longAgo);
  const second = await storeCloses(folder, { closes: [2] });
  expect(readdirSync(folder).sort()).toEqual([second.file, `${NAME}.json`].sort());
  const third = await storeCloses(folder, { closes: [3] });
  expect(readdirSync(folder)).toContain(second.file);
  expect(readEntry(folder, NAME)).toEqual(third);
});

test('imports at once leave whole datasets', async () => {
  const folder = temporaryDir();
  const runs = Array.from({ length: 12 }, (_, i) => storeCloses(folder, { closes: [1, 1 + (i % 3)] }));
  const entries = await Promise.all(runs);
  const { entry, columns } = (await readDataset(folder, NAME))!;
  expect(entries).toContainEqual(entry);
  expect(columns.rows).toBe(2);
});

test('a listing shows datasets by name and nothing else', async () => {
  const folder = temporaryDir();
  expect(datasetNames(join(folder, 'none'))).toEqual([]);
  await storeCloses(folder, { closes: [1], productId: 'crypto.ZZZUSD.test' });
  await storeCloses(folder, { closes: [1] });
  writeFileSync(join(folder, 'notes.json'), '{}');
  expect(listEntries(folder).map(({ name }) => name)).toEqual([NAME, 'crypto.ZZZUSD.test@1d']);
});

const OTHER = 'crypto.ZZZUSD.test@1d';

/** Damages the dataset in one way. */
type Damage = (folder: string, entry: CatalogEntry) => void;

const rewrite =
  (change: object): Damage =>
  (folder, entry) =>
    writeFileSync(entryPath(folder, NAME), JSON.stringify({ ...entry, ...change }));

test.each<[string, Damage]>([
  ['an entry that is cut off', folder => truncateSync(entryPath(folder, NAME), 10)],
  ['no first bar', rewrite({ from: undefined })],
  ['no rows', rewrite({ rows: 0 })],
  ['another interval', rewrite({ interval: '1h' })],
  ['another calendar', rewrite({ calendar: 'forex' })],
  ['no product', rewrite({ product: undefined })],
  ['a checksum of nothing', rewrite({ checksums: { columns: [null], frameCrc32: 0 } })],
  ['a folder in place of the entry', folder => folderAt(entryPath(folder, NAME))],
  ['a folder in place of the file', (folder, { file }) => folderAt(join(folder, file))],
  ['no file', (folder, { file }) => rmSync(join(folder, file))],
  ['a file that is cut off', (folder, { file }) => truncateSync(join(folder, file), 900)],
])('%s costs that dataset only', async (_damage, damage) => {
  const folder = temporaryDir();
  damage(folder, await storeCloses(folder, { closes: Array.from({ length: 50 }, (_, day) => day + 1) }));
  const other = await storeCloses(folder, { closes: [1], productId: 'crypto.ZZZUSD.test' });
  const [damaged, whole] = listDatasets(folder);
  expect(damaged).toMatchObject({ name: NAME, error: { code: 'GB_DATA_CORRUPT' } });
  expect(whole).toEqual({ name: OTHER, entry: other });
  expect((await errorOf(() => readDataset(folder, NAME))).code).toBe('GB_DATA_CORRUPT');
  expect((await readDataset(folder, OTHER))?.columns.rows).toBe(1);
});

function folderAt(path: string): void {
  rmSync(path);
  mkdirSync(path);
}
