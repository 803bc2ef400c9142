import { expect, test } from 'vitest';
import { Suspicions } from '../../../../../src/cluster/services/command/suspicions.ts';

const a = { key: 'a', limitMs: 100 };
const b = { key: 'b', limitMs: 300 };

test('time counts from the first look, for each on its own', () => {
  const suspicions = new Suspicions();
  expect(suspicions.overdue([a], 0)).toEqual([]);
  expect(suspicions.overdue([a, b], 99)).toEqual([]);
  expect(suspicions.overdue([a, b], 100)).toEqual([a]);
  expect(suspicions.overdue([a, b], 399)).toEqual([a, b]);
});

test('what was gone in between starts anew, and so does everything after an outage', () => {
  const suspicions = new Suspicions();
  suspicions.overdue([a], 0);
  suspicions.overdue([], 50);
  expect(suspicions.overdue([a], 120)).toEqual([]);
  suspicions.clear();
  expect(suspicions.overdue([a], 10_000)).toEqual([]);
  expect(suspicions.overdue([a], 10_100)).toEqual([a]);
});
