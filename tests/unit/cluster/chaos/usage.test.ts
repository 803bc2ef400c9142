import { expect, test } from 'vitest';
import { clusterUsage, growth } from '../../../../src/cluster/chaos/usage.ts';

const MB = 1_000_000;
const usage = (memoryMb: number, descriptors: number, sockets: number) => ({
  memoryBytes: memoryMb * MB,
  descriptors,
  sockets,
});

test('what a component takes more in the end is named, unless it is little', () => {
  const before = { join: usage(100, 50, 20), kafka: usage(400, 500, 100) };
  const after = { join: usage(320, 300, 25), kafka: usage(600, 700, 160), worker: usage(900, 900, 900) };
  expect(growth(before, after)).toEqual(['join: memoryBytes 100000000 -> 320000000', 'join: descriptors 50 -> 300']);
});

test('a cluster that does not run has nothing', () => {
  expect(clusterUsage('c-000000000000')).toEqual({});
});
