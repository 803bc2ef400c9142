/** What becomes of the service where what became of a delivery cannot be kept. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Sql } from '../../../../../src/cluster/ports/sql.ts';
import { Deliveries } from '../../../../../src/cluster/services/command/delivery/send-deliveries.ts';
import { GoboolError } from '../../../../../src/runtime/base/error.ts';

/** One delivery is due, once; nobody hears it; `error` is what PostgreSQL says of that. */
async function failing(error: Error) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const due = [{ deliveryId: 'd-1', kind: 'callback', url: `http://127.0.0.1:${port}`, headers: {}, body: '{}' }];
  const sql = { query: async () => due.splice(0), transaction: () => Promise.reject(error) } as unknown as Sql;
  const { signal } = new AbortController();
  const deliveries = new Deliveries({ sql, care: { policies: {} }, log: pino({ level: 'silent' }), signal });
  expect(await deliveries.begin()).toBe(1);
  await deliveries.idle();
  return deliveries;
}

test.each(['GB_SQL_CONFLICT', 'GB_SQL_UNAVAILABLE'] as const)('%s: others are told still', async code => {
  const deliveries = await failing(new GoboolError(code, 'no'));
  expect(await deliveries.begin()).toBe(0);
  // It rang, so that nobody waits for the next round.
  await deliveries.bell.wait(1e6);
});

test('what nobody expects ends the service', async () => {
  const deliveries = await failing(new TypeError('a mistake'));
  await expect(deliveries.begin()).rejects.toThrow('a mistake');
});
