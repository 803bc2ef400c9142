import { expect, test } from 'vitest';
import { allowedCpus, cpuList, cpusOfSlots } from '../../../../src/cluster/services/worker/allowed-cpus.ts';
import { errorOf } from '../../../helpers/errors.ts';

test('reads lists of processors as Linux writes them', () => {
  expect(cpuList('0')).toEqual([0]);
  expect(cpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(cpuList('3,7-8')).toEqual([3, 7, 8]);
  expect(cpuList('')).toEqual([]);
});

test('this process may run somewhere', () => {
  expect(allowedCpus().length > 0).toBe(process.platform === 'linux');
});

test('workers share processors in turn', async () => {
  expect(cpusOfSlots('3', [4, 6])).toEqual([4, 6, 4]);
  expect(cpusOfSlots('2', [])).toEqual([null, null]);
  for (const wrong of ['0', '-1', '1.5', 'many', '65'])
    expect((await errorOf(() => cpusOfSlots(wrong, [0]))).code).toBe('GB_SERVICE_SETTINGS');
});
