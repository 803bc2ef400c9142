import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { appendToSweepLog, type DoneRun, readSweepLog } from '../../../../src/runtime/host/sweep/sweep-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'gobool-test-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(index: number): DoneRun {
  return {
    index,
    params: { fast: index },
    resultHash: `${index}`,
    state: 'completed',
    finalEquity: 1,
    fills: 0,
    metrics: { sharpe: null },
    samples: 9,
  };
}

test('a log that is longer than a text can be is read', () => {
  appendToSweepLog(folder, [run(1)]);
  const log = openSync(join(folder, 'runs.ndjson'), 'r+');
  for (const gap of [270, 540]) writeSync(log, '\n', gap * 2 ** 20); // Holes, which a disk does not store.
  closeSync(log);
  appendToSweepLog(folder, [run(0)]);
  expect(readSweepLog(folder)).toEqual([run(0), run(1)]);
}, 60_000);
