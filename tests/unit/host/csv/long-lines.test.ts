/** Files without line ends: a field of theirs may be longer than a text can be. */
import { constants } from 'node:buffer';
import { expect, test } from 'vitest';
import { parseCsv } from '../../../../src/runtime/host/csv/parse-csv.ts';
import { readJsonRows } from '../../../../src/runtime/host/json/json-rows.ts';
import { errorOf } from '../../../helpers/errors.ts';

const zeros = new Uint8Array(constants.MAX_STRING_LENGTH + 10).fill(48);

test('CSV of one endless field is refused in a few words', async () => {
  const error = await errorOf(() => parseCsv(zeros, { fileName: 'prices.csv' }));
  expect(error).toMatchObject({ code: 'GB_CSV_FORMAT' });
  expect((error as Error).message.length).toBeLessThan(1_100);
});

test('a JSON document beyond the longest text is refused with its remedy', async () => {
  const error = await errorOf(async () => readJsonRows(zeros, 'prices.json'));
  expect(error).toMatchObject({
    code: 'GB_JSON_FORMAT',
    message: expect.stringContaining('prices.json: it is larger than 512 MB'),
    hint: expect.stringContaining('one record a line'),
  });
});
