/** A service's door: what handlers return and throw, as answers. */
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { newCounters } from '../../../../src/cluster/services/command/counters.ts';
import { healthRoutes } from '../../../../src/cluster/services/command/http/health.ts';
import { queueRoutes } from '../../../../src/cluster/services/command/http/queue.ts';
import { type Routes, serveRoutes } from '../../../../src/cluster/services/common/serve-routes.ts';
import { GoboolError } from '../../../../src/runtime/base/error.ts';

async function open(...subjects: readonly Routes[]) {
  const server = await serveRoutes(0, subjects, pino({ level: 'silent' }));
  onTestFinished(() => server[Symbol.asyncDispose]());
  return async (path: string) => {
    const response = await fetch(server.url + path);
    return { status: response.status, body: await response.json() };
  };
}

const throwing =
  (path: string, error: Error): Routes =>
  app =>
    app.get(path, async () => {
      throw error;
    });

test('it is healthy as soon as it serves, and says what it did', async () => {
  const get = await open(healthRoutes({ ...newCounters(), sent: 3 }));
  expect(await get('/health')).toMatchObject({ status: 200, body: { state: 'RUNNING', counters: { sent: 3 } } });
});

test('errors have a code; of those that nobody foresaw nothing is told', async () => {
  const get = await open(
    throwing('/invalid', new GoboolError('GB_REQUEST_INVALID', 'No such state.')),
    throwing('/away', new GoboolError('GB_SQL_UNAVAILABLE', 'Nobody answers.')),
    throwing('/odd', new Error('secret')),
  );
  expect(await get('/invalid')).toMatchObject({ status: 400, body: { code: 'GB_REQUEST_INVALID' } });
  expect(await get('/away')).toMatchObject({ status: 503, body: { detail: 'Nobody answers.' } });
  expect(await get('/nothing')).toMatchObject({ status: 404, body: { code: 'GB_REQUEST_UNKNOWN' } });
  const odd = await get('/odd');
  expect(odd).toMatchObject({ status: 500, body: { code: 'GB_INTERNAL' } });
  expect(JSON.stringify(odd)).not.toContain('secret');
});

test('a limit is a whole number above 0', async () => {
  const limits: unknown[] = [];
  const get = await open(
    queueRoutes({
      async query(_text, [limit] = []) {
        if (limit !== undefined) limits.push(limit);
        return [];
      },
    }),
  );
  for (const text of ['0', '-1', '1.5', 'x'])
    expect(await get(`/queue?limit=${text}`)).toMatchObject({ status: 400, body: { code: 'GB_REQUEST_INVALID' } });
  for (const text of ['', '?limit=3', '?limit=99999'])
    expect(await get(`/queue${text}`)).toEqual({ status: 200, body: { entries: [], waiting: 0, running: 0 } });
  expect(limits).toEqual([100, 3, 1_000]);
});
