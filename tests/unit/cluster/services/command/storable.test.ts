import { expect, test } from 'vitest';
import { storable } from '../../../../../src/cluster/services/command/storable.ts';

test('only what JSON in PostgreSQL cannot hold is replaced, also in keys', () => {
  const good = { text: 'é😀\n', list: [1, null, true, { deep: '' }] };
  expect(storable(good)).toEqual(good);
  expect(storable({ 'k\0': ['a\0b', '\ud800x'] })).toEqual({ 'k\u{FFFD}': ['a\u{FFFD}b', '\u{FFFD}x'] });
});
