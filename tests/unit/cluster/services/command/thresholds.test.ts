import { expect, test } from 'vitest';
import { levelOf } from '../../../../../src/cluster/services/command/alerts/level.ts';
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
