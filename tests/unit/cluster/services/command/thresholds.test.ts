import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { levelOf } from '../../../../../src/cluster/services/command/alerts/level.ts';
import { postAlert } from '../../../../../src/cluster/services/command/alerts/post-alert.ts';
import { Readings, readPage } from '../../../../../src/cluster/services/command/alerts/readings.ts';
import { Metrics } from '../../../../../src/cluster/services/common/metrics.ts';

test('of a page the worst value counts, of a counter the sum', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('gobool_test_slots', 'Slots.', () => ({ free: 2, busy: 5 }), 'state');
  metrics.gauge('gobool_test_away', 'Away.', () => Number.NaN);
  metrics.counter('gobool_test_things_total', 'Things.', () => ({ a: 2, b: 5 }), 'kind');
  metrics.histogram('gobool_test_seconds', 'Time.', [1, 2], []).observe(1);
  const page = readPage(await metrics.page());
  expect([...page].filter(([name]) => name.startsWith('gobool_'))).toEqual([
    ['gobool_test_slots', { isCounter: false, value: 5 }],
    ['gobool_test_things_total', { isCounter: true, value: 7 }],
  ]);
  expect(page.get('process_resident_memory_bytes')?.value).toBeGreaterThan(1e6);
});

test('counters are read as so many in a minute, of all replicas together', () => {
  const look = (a: number, b?: number) =>
    new Map(
      [a, b].flatMap((count, i) => {
        if (count === undefined) return [];
        const lag = { isCounter: false, value: 10 * count };
        return [
          [
            `replica ${i}`,
            new Map([
              ['things', { isCounter: true, value: count }],
              ['lag', lag],
            ]),
          ] as const,
        ];
      }),
    );
  const readings = new Readings();
  const at = (seconds: number, pages: ReturnType<typeof look>) =>
    Object.fromEntries(readings.take(pages, seconds * 1_000));
  expect(at(0, look(100))).toEqual({ things: 0, lag: 1_000 });
  expect(at(30, look(103, 50))).toEqual({ things: 6, lag: 1_030 });
  expect(at(60, look(104, 54))).toEqual({ things: 10, lag: 1_040 });
  expect(at(90, look(2, 54))).toEqual({ things: 0, lag: 540 });
});

test.each([
  [9, {}, 'ok'],
  [9, { warning: 10, error: 20 }, 'ok'],
  [10, { warning: 10, error: 20 }, 'warning'],
  [20, { warning: 10, error: 20 }, 'error'],
  [20, { error: 20 }, 'error'],
] as const)('%d at %o is %s', (value, threshold, level) => {
  expect(levelOf(value, threshold)).toBe(level);
});

test('an alert is posted until the webhook takes it', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.writeHead(bodies.length < 3 ? 500 : 204).end();
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: line => lines.push(JSON.parse(line)) });
  const signal = new AbortController().signal;
  await postAlert({ metric: 'gobool_test', level: 'error' }, { url, log, signal, pausesMs: [1, 1, 1] });
  expect(bodies.map(body => JSON.parse(body))).toEqual(
    Array(3).fill({ v: 1, kind: 'alert', metric: 'gobool_test', level: 'error' }),
  );
  expect(lines).toMatchObject([{ problem: 'status 500' }, { problem: 'status 500' }]);
  await postAlert({}, { url: 'http://127.0.0.1:1/', log, signal, pausesMs: [] });
  expect(lines).toHaveLength(3);
});
