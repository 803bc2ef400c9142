import { expect, test } from 'vitest';
import { Dice, faultsOf } from '../../../../src/cluster/chaos/fault.ts';

test('every target gets every kind of fault; everything at once can only be killed', () => {
  expect(faultsOf(['kafka', 'everything'], ['stop', 'kill'])).toEqual([
    { target: 'kafka', kind: 'stop' },
    { target: 'kafka', kind: 'kill' },
    { target: 'everything', kind: 'kill' },
  ]);
});

test('the same seed decides the same, another one something else', () => {
  const thrown = (seed: number) => {
    const dice = new Dice(seed);
    return Array.from({ length: 8 }, () => [dice.pick(['a', 'b', 'c']), dice.between(1, 3)]);
  };
  expect(thrown(7)).toEqual(thrown(7));
  expect(thrown(7)).not.toEqual(thrown(8));
  for (const [, moment] of thrown(9)) expect(moment).toBeGreaterThanOrEqual(1);
});
