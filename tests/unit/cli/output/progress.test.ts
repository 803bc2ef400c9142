import { expect, test } from 'vitest';
import { createOutput, type OutputMode } from '../../../../src/cli/output/output.ts';

/** Work of ten million bars over `seconds`, reported a hundred times a second; what reached stderr. */
function workFor(seconds: number, mode: OutputMode, isTTY: boolean): string[] {
  const written: string[] = [];
  let nowMs = 0;
  const stderr = { write: (text: string) => written.push(text), isTTY, columns: 60 };
  const out = createOutput({ stdout: { write: () => {} }, stderr, env: {}, nowMs: () => nowMs }, mode, true);
  const progress = out.progress('Running', 'bars');
  for (; nowMs <= seconds * 1000; nowMs += 10) progress.update((nowMs / seconds) * 1e4, 1e7);
  progress.stop();
  return written;
}

test('a terminal sees at most ten frames a second, none wider than it, and a clean line at the end', () => {
  const written = workFor(4, 'text', true);
  expect(written.length).toBeGreaterThan(20);
  expect(written.length).toBeLessThanOrEqual(41);
  expect(written[18]).toContain('50 % · 5.0M of 10.0M bars');
  for (const frame of written) expect(frame.replace('\r\u001b[2K', '').length).toBeLessThan(60);
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

test('short work draws nothing', () => {
  expect(workFor(0.15, 'text', true)).toEqual([]);
});

test('elsewhere there is one line per 10 s', () => {
  expect(workFor(40, 'text', false)).toEqual([
    'Running: 25 % · 2.5M of 10.0M bars · 250k/s · 30 s left\n',
    'Running: 50 % · 5.0M of 10.0M bars · 250k/s · 20 s left\n',
    'Running: 75 % · 7.5M of 10.0M bars · 250k/s · 10 s left\n',
    'Running: 100 % · 10.0M of 10.0M bars · 250k/s · 0 s left\n',
  ]);
});

test.each(['json', 'ndjson'] as const)('--%s shows no progress', mode => {
  expect(workFor(40, mode, true)).toEqual([]);
});

test('work that began before has a rate of its own, and may count something beside its units', () => {
  const written: string[] = [];
  let nowMs = 0;
  const stderr = { write: (text: string) => written.push(text), isTTY: false };
  const out = createOutput({ stdout: { write: () => {} }, stderr, env: {}, nowMs: () => nowMs }, 'text', true);
  const progress = out.progress('Sweeping', 'runs');
  nowMs = 10_000;
  progress.update(300, 1000, { before: 200, also: { done: 5_000_000, unit: 'bars' } });
  nowMs = 20_000;
  progress.update(200, 1000, { before: 200, also: { done: 0, unit: 'bars' } });
  expect(written).toEqual([
    'Sweeping: 30 % · 300 of 1000 runs · 10/s · 500k bars/s · 70 s left\n',
    'Sweeping: 20 % · 200 of 1000 runs · 0/s · 0 bars/s\n',
  ]);
});
