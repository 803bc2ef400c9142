import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startPool } from '../../../../src/cluster/services/worker/pool.ts';
import type { TaskNews } from '../../../../src/cluster/services/worker/pool-news.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

/** Each worker runs this text. */
function poolOf(text: string, cpus: readonly (number | null)[] = [null]) {
  const stop = new AbortController();
  const told: TaskNews[] = [];
  const pool = startPool({
    cpus,
    start: cpu => spawn(process.execPath, ['-e', text, String(cpu)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    onNews: news => told.push(news),
    log: pino({ enabled: false }),
    signal: stop.signal,
  });
  onTestFinished(async () => {
    stop.abort();
    await pool.ended;
  });
  return { ...pool, told, stop: () => stop.abort() };
}

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 9_000, interval: 10 });
const LIVES = 'setInterval(() => {}, 1000); process.send({ type: "offer", offer: { partition: 7 } });';

test('shows each worker with its processor and what it offers, and ends them all', async () => {
  const { workers, stop, ended } = poolOf(LIVES, [0, 1]);
  await until(() => workers().every(({ offer }) => offer !== null));
  expect(workers()).toMatchObject([0, 1].map(cpu => ({ cpu, restarts: 0, offer: { partition: 7 } })));
  const pids = workers().map(({ pid }) => pid ?? 0);
  stop();
  await ended;
  expect(workers().map(({ pid }) => pid)).toEqual([null, null]);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('one that is killed is followed by another, and the others stay', async () => {
  const { workers } = poolOf(LIVES, [0, 1]);
  await until(() => workers().every(({ offer }) => offer !== null));
  const [first, second] = workers();
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await until(() => workers()[0]?.restarts === 1 && workers()[0]?.offer !== null);
  expect(workers()[0]?.pid).not.toBe(first?.pid);
  expect(workers()[1]).toEqual(second);
});

test('one that cannot start is tried again, ever more seldom', async () => {
  const { workers } = poolOf('process.exit(3)');
  const startMs = performance.now();
  await until(() => (workers()[0]?.restarts ?? 0) >= 4);
  expect(performance.now() - startMs).toBeGreaterThan(100 + 200 + 400);
});

test('what a worker ended by is shown until the next one listens', async () => {
  const mark = join(temporaryDir(), 'failed');
  const text = `
    const fs = require('node:fs');
    if (fs.existsSync(${JSON.stringify(mark)})) { ${LIVES} }
    else {
      fs.writeFileSync(${JSON.stringify(mark)}, '');
      process.send({ type: 'failed', problem: 'GB_X no' }, () => process.exit(1));
    }`;
  const { workers } = poolOf(text);
  await until(() => workers()[0]?.problem === 'GB_X no' && workers()[0]?.restarts === 1);
  await until(() => workers()[0]?.offer !== null);
  expect(workers()[0]).toMatchObject({ restarts: 1, problem: null });
});

test('passes on what its workers tell of tasks', async () => {
  const { told, workers } = poolOf('process.send({ type: "ended", verdict: "OOM" }); setInterval(() => {}, 1000);');
  await until(() => told.length > 0);
  expect(told).toEqual([{ type: 'ended', verdict: 'OOM' }]);
  expect(workers()[0]?.offer).toBeNull();
});
