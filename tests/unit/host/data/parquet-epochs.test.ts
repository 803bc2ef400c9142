import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { readParquet } from '../../../../src/runtime/host/parquet/read-parquet.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

test('whole numbers that go over from milliseconds to seconds are refused, with the row', async () => {
  const path = join(temporaryDir(), 'prices.parquet');
  const stamps = [1_609_470_000_000n, 1_609_466_400_000n, 1_609_462_800_000n, 1_609_459_200n, 1_609_455_600n];
  const prices = (price: number) => stamps.map(() => price);
  const columnData = [
    { name: 'unix', data: stamps, type: 'INT64' as const },
    ...[1, 2, 0.5, 1.5].map((price, i) => ({
      name: ['open', 'high', 'low', 'close'][i] as string,
      data: prices(price),
      type: 'DOUBLE' as const,
    })),
  ];
  writeFileSync(path, Buffer.from(parquetWriteBuffer({ columnData })));
  await expect(readParquet(path, 'prices.parquet', {})).rejects.toMatchObject({
    code: 'GB_PARQUET_FORMAT',
    message: expect.stringContaining('row 3 is of 2021-01-01T01:00Z, row 4 of 1970-01-19T15:04:19.200Z'),
  });
});
