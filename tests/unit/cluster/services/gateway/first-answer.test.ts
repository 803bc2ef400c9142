import { expect, test } from 'vitest';
import { firstAnswer } from '../../../../../src/cluster/services/gateway/first-answer.ts';

test('of two that answer in the same moment the first one is taken and goes on, the other one is aborted', async () => {
  const signals: AbortSignal[] = [];
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const asks = answers.map(({ promise }) => (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  });
  const first = firstAnswer(asks, 0);
  await expect.poll(() => signals.length).toBe(2);
  answers[1]!.resolve('b');
  answers[0]!.resolve('a');
  expect(await first).toBe('b');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});
