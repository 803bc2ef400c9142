import { expect, test } from 'vitest';
import { differencesOf } from '../../../../src/cluster/dev/components/mongodb-indexes.ts';

const wanted = [
  { database: 'd', collection: 'c', name: 'a_b', fields: { a: 1, b: -1 } },
  { database: 'd', collection: 'c', name: 'c', fields: { c: 1 } },
] as const;
const id = { v: 2, name: '_id_', key: { _id: 1 } };

test('indexes that are missing, have other fields or another order, or are not declared', () => {
  const same = [id, { v: 2, name: 'a_b', key: { a: 1, b: -1 } }, { v: 2, name: 'c', key: { c: 1 } }];
  expect(differencesOf(wanted, same)).toEqual([]);
  expect(differencesOf(wanted, [])).toEqual(['index a_b is missing', 'index c is missing']);
  expect(
    differencesOf(wanted, [id, { v: 2, name: 'a_b', key: { b: -1, a: 1 } }, { v: 2, name: 'x', key: {} }]),
  ).toEqual(['index c is missing', 'index a_b has other fields', 'index x is not declared']);
});
