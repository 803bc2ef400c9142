import { expect, test } from 'vitest';
import { Gathering } from '../../../../../src/cluster/services/command/gathering.ts';

test('what comes at once, and what comes meanwhile, is done together and in order', async () => {
  const parts: (readonly string[])[] = [];
  const doing = Promise.withResolvers<void>();
  const gathering = new Gathering<string>(async items => {
    parts.push(items);
    if (parts.length === 1) await doing.promise;
  });
  const first = [gathering.add(['a', 'b']), gathering.add(['c'])];
  await expect.poll(() => parts.length).toBe(1);
  const later = [gathering.add(['d']), gathering.add(['e'])];
  doing.resolve();
  await Promise.all([...first, ...later]);
  expect(parts).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});

test('a part that fails fails for all who gave to it, and the next one is done', async () => {
  let isBroken = true;
  const gathering = new Gathering<string>(async () => {
    if (isBroken) throw new Error('not now');
  });
  const failed = await Promise.allSettled([gathering.add(['a']), gathering.add(['b'])]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  await gathering.add(['a']);
});
