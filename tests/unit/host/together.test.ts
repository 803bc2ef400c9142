import { expect, test } from 'vitest';
import { GoboolError } from '../../../src/runtime/base/error.ts';
import type { ErrorCode } from '../../../src/runtime/base/error-codes/index.ts';
import { together } from '../../../src/runtime/host/together.ts';

const failing = (code: ErrorCode, afterMs = 0) =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new GoboolError(code, code)), afterMs));

test('gives all values in order', async () => {
  expect(
    await together([Promise.resolve(1), new Promise<string>(resolve => setTimeout(() => resolve('b'), 5))]),
  ).toEqual([1, 'b']);
});

test.each<[ErrorCode[], ErrorCode]>([
  [['GB_STRATEGY_COMPILE', 'GB_DATA_MISSING'], 'GB_DATA_MISSING'],
  [['GB_DATA_MISSING', 'GB_PARAM_UNKNOWN'], 'GB_PARAM_UNKNOWN'],
  [['GB_DISK_FULL', 'GB_STRATEGY_THREW'], 'GB_STRATEGY_THREW'],
  [['GB_DISK_FULL', 'GB_STORE_NEWER'], 'GB_STORE_NEWER'],
])('of %j the most urgent is thrown: %s', async (codes, code) => {
  const work = codes.map((each, index) => failing(each, (codes.length - index) * 3));
  await expect(together(work)).rejects.toMatchObject({ code });
});

test("gobool's own failures come last, but are thrown", async () => {
  await expect(together([Promise.reject(new Error('bug')), failing('GB_DATA_EMPTY')])).rejects.toMatchObject({
    code: 'GB_DATA_EMPTY',
  });
  await expect(together([Promise.reject(new Error('bug')), Promise.resolve(1)])).rejects.toThrow('bug');
});
