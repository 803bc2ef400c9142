import { expect, test } from 'vitest';
import { workerLine } from '../../../../src/cli/commands/worker/worker-line.ts';

const line = (entry: object) => workerLine(JSON.stringify({ level: 30, ...entry }), (_style, text) => text);

test.each([
  [{ msg: 'listens', workerId: 'w-1', cpu: 0 }, 'w-1 listens on CPU 0'],
  [{ msg: 'listens', workerId: 'w-1', cpu: null }, 'w-1 listens'],
  [{ msg: 'task ended', workerId: 'w-1', taskId: `r-${'3'.repeat(24)}-7`, verdict: 'OOM' }, 'w-1 r-33333333-7 OOM'],
  [{ level: 40, msg: 'a worker ended', how: 'SIGKILL' }, 'pool a worker ended: SIGKILL'],
  [{ level: 60, msg: 'dies', workerId: 'w-1', err: { message: 'The lease is lost.' } }, 'w-1 dies: The lease is lost.'],
  [{ msg: 'started' }, undefined],
])('%j reads %j', (entry, text) => {
  expect(line(entry).text).toBe(text);
});

test('what is no entry of a log is told as it is', () => {
  expect(workerLine('Killed', (_style, text) => text)).toEqual({ text: 'Killed', isTask: false });
});

test('ends of tasks are counted', () => {
  expect([line({ msg: 'x', taskId: 't', verdict: 'DONE' }), line({ msg: 'x' })].map(({ isTask }) => isTask)).toEqual([
    true,
    false,
  ]);
});
