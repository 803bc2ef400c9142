import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readSweep } from '../../../../src/runtime/host/sweep/sweep-store.ts';

const project = mkdtempSync(join(tmpdir(), 'gobool-test-'));
afterEach(() => rmSync(project, { recursive: true, force: true }));

test('where several sweeps begin with an id, it is more of the id that helps', () => {
  for (const id of ['s-0a1', 's-0a2']) {
    mkdirSync(join(project, '.gobool/sweeps', id), { recursive: true });
    writeFileSync(join(project, '.gobool/sweeps', id, 'sweep.json'), '{}');
  }
  const told = { message: 'Several sweeps begin with s-0a: s-0a1, s-0a2.', hint: 'Write more letters of the id.' };
  expect(() => readSweep(project, 's-0a')).toThrow(expect.objectContaining(told));
});
