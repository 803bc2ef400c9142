import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/runtime/base/error-codes/index.ts';
import { document, gobool } from '../helpers/cli.ts';

test('without a code it lists every code of the catalogue', async () => {
  const { stdout } = await gobool(['explain']);
  expect(stdout.split('\n').map(line => line.split(' ')[0])).toEqual(Object.keys(ERROR_CATALOGUE));
});

test('a code is explained: title, why, what to do, exit code', async () => {
  const { stdout, exitCode } = await gobool(['explain', 'gb_data_empty']);
  const { title, why, hint } = ERROR_CATALOGUE.GB_DATA_EMPTY;
  expect(exitCode).toBe(0);
  for (const part of [title, why, '7: data missing or broken']) expect(stdout).toContain(part);
  expect(stdout.replace(/\s+/g, ' ')).toContain(hint);
});

test('--json gives the entry', async () => {
  const { data } = document(await gobool(['explain', 'GB_DISK_FULL', '--json']));
  expect(data).toEqual({ code: 'GB_DISK_FULL', ...ERROR_CATALOGUE.GB_DISK_FULL });
});
