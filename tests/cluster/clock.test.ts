/** The wall clock is set back by an hour on real engines: what was written down for later seems to be far away. */
import { expect, test, vi } from 'vitest';
import type { Care } from '../../src/cluster/services/command/hospital/admit.ts';
import { openWithService, startOf } from '../helpers/command/open-command.ts';
import { openReceiver } from '../helpers/receiver.ts';

const WAIT = { timeout: 10_000, interval: 10 };
const HOUR = 3_600_000;
const SLOW: Care = { policies: { '*': { retryMs: [20_000], finally: 'person' } } };
const BROKEN = { code: 'GB_ARTIFACT_BROKEN', message: 'not its bytes' };

test('a task, a callback and a message that are to be tried again are tried again at once', async () => {
  const { told, url: callback } = await openReceiver(n => (n === 0 ? 500 : 204));
  const { client, worker, world } = await openWithService(SLOW);
  /** As if the clock went back. Resolves when there was something to change. */
  const setBack = (column: string, table: string, where: string) =>
    vi.waitUntil(async () => {
      const text = `UPDATE gobool.${table} SET ${column} = ${column} + ${HOUR} WHERE ${where} RETURNING 1`;
      return (await world.sql.query(text)).length === 1;
    }, WAIT);

  const runner = await worker(1);
  await client.submit();
  const start = await startOf(runner);
  await runner.claim(start);
  await runner.fail(start, 'WORKER', BROKEN);
  await setBack('not_before_ms', 'tasks', "state = 'queued' AND failures = 1");
  await runner.next();
  expect(await vi.waitUntil(() => runner.starts[1], WAIT)).toMatchObject({ taskId: start.taskId, attempt: 2 });

  await client.cancel(await client.submit({ callback }));
  await setBack('next_ms', 'deliveries', 'retries = 1');
  await vi.waitUntil(() => told.length === 2, WAIT);

  // No number of PostgreSQL.
  await client.submit({ submittedMs: 1e300 });
  await setBack('next_ms', 'cases', "state = 'retrying'");
  const tried = async () => await world.sql.query("SELECT 1 FROM gobool.cases WHERE state <> 'retrying'");
  await vi.waitUntil(async () => (await tried()).length === 1, WAIT);
});
