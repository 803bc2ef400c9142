import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { readFundingFile } from '../../../../src/runtime/host/import/funding-file.ts';
import { importCsv } from '../../../../src/runtime/host/import/import-csv.ts';
import { verifyDataset } from '../../../../src/runtime/host/verify.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

function fileOf(...lines: string[]): string {
  const path = join(temporaryDir(), 'funding.csv');
  writeFileSync(path, lines.join('\n'));
  return path;
}

const EIGHT = Date.UTC(2024, 0, 1, 8);
const SIXTEEN = Date.UTC(2024, 0, 1, 16);
const BOTH = [
  { time: EIGHT, rate: 0.0001 },
  { time: SIXTEEN, rate: -0.00025 },
];

test.each<[source: string, lines: string[]]>([
  ['two columns', ['time,rate', '2024-01-01 08:00,0.0001', '2024-01-01 16:00,-0.00025']],
  ['epochs among other columns', ['symbol,fundingTime,fundingRate', `X,${EIGHT},1e-4`, `X,${SIXTEEN},-0.00025`]],
  [
    'milliseconds late',
    ['calc_time,funding_interval_hours,last_funding_rate', `${EIGHT + 4},8,0.0001`, `${SIXTEEN},8,-0.00025`],
  ],
  ['the newest first', ['fundingRate;fundingRateTimestamp', `-0.00025;${SIXTEEN}`, `0.0001;${EIGHT}`]],
])('reads %s', (_, lines) => {
  expect(readFundingFile(fileOf(...lines))).toEqual(BOTH);
});

test.each<[flaw: string, lines: string[], message: string]>([
  ['no header', ['2024-01-01 08:00,0.0001'], 'needs a header'],
  ['no rows', ['time,rate'], 'needs a header'],
  ['no rate', ['time,price', '2024-01-01 08:00,1'], 'needs a header'],
  ['a rate that is none', ['time,rate', '2024-01-01 08:00,'], 'funding.csv:2:'],
  ['a rate in per cent', ['time,rate', '2024-01-01 08:00,1.5'], 'between -1 and 1'],
  ['a time that is none', ['time,rate', '2024-01-01 08:00,0', '2024-01-01 16:00,0', 'noon,0'], 'funding.csv:4:'],
  ['times that nobody can read', ['time,rate', 'noon,0'], '"noon" is no time'],
  ['a time twice', ['time,rate', '2024-01-01 08:00,0', '2024-01-01 08:00,0.1'], 'two rates for 2024-01-01T08:00'],
])('refuses a file with %s', async (_, lines, message) => {
  const error = await errorOf(() => readFundingFile(fileOf(...lines)));
  expect(error).toMatchObject({ code: 'GB_DATA_FORMAT', message: expect.stringContaining(message) });
});

test('is part of the dataset and of its hash', async () => {
  const catalogDir = temporaryDir();
  const path = join(temporaryDir(), 'bars.csv');
  writeFileSync(path, 'time,open,high,low,close\n2024-01-01 00:00,1,1,1,1\n2024-01-01 01:00,1,1,1,1\n');
  const target = { catalogDir, productId: 'crypto.ABCUSDT.test', paths: [path], csv: {} };
  const plain = await importCsv(target);
  const { entry } = await importCsv({ ...target, funding: BOTH });
  expect(entry.sha256).not.toBe(plain.entry.sha256);
  expect((await readDataset(catalogDir, entry.name))?.meta.funding).toEqual(BOTH);
  expect((await verifyDataset(catalogDir, entry.name))?.isIntact).toBe(true);
});
