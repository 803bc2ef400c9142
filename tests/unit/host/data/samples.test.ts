import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetNames } from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { samplesDir } from '../../../../src/runtime/host/folders.ts';
import { loadDataset } from '../../../../src/runtime/host/resolve-data.ts';
import { verifyDataset } from '../../../../src/runtime/host/verify.ts';
import { sessionDays } from '../../../../src/runtime/market/calendar.ts';

const names = datasetNames(samplesDir());

test('every sample has a row in the list of sources', () => {
  const sources = readFileSync(join(samplesDir(), 'SOURCES.md'), 'utf8');
  expect([...sources.matchAll(/^\| `([^`]+@[^`]+)`/gm)].map(match => match[1]).sort()).toEqual(names);
});

test.each(names)('%s is intact and its bars are sound', async name => {
  const report = await verifyDataset(samplesDir(), name);
  expect(report).toMatchObject({ isIntact: true, duplicates: 0, unordered: 0, highBelowLow: 0, notPositive: 0 });
  expect(report?.entry.importedAt).toBeUndefined();
});

test("the schedule of the New York Stock Exchange is exactly that of SPY's bars, 1998 to March 2021", async () => {
  const { dataset } = await loadDataset('stock.SPY.usa@1d', { projectDir: samplesDir(), prices: 'raw' });
  const { session, length } = dataset.bars;
  expect([...session]).toEqual(sessionDays('us-equity', session[0]!, session[length - 1]!));
});
