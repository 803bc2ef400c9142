/** The live view is a function of state: its text for states and sizes. How it sits on a terminal is tested on one. */
import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { painter } from '../../../../src/cli/output/colour.ts';
import { ClusterView } from '../../../../src/cli/view/cluster-view.tsx';
import type { ClusterStatus } from '../../../../src/cluster/dev/cluster-status.ts';
import { COMPONENT_NAMES } from '../../../../src/cluster/dev/component.ts';
import { FRESH, KAFKA_FAILED, NOW_MS, statusOf } from '../../../helpers/cluster-status.ts';

const BUSY = statusOf(
  {
    connect: { ...FRESH, state: 'starting', sinceMs: NOW_MS - 800, tookMs: { fetching: 40 } },
    streams: { ...FRESH, state: 'initialising', sinceMs: NOW_MS - 1500, tookMs: { fetching: 40, starting: 2100 } },
    mongodb: {
      ...FRESH,
      state: 'fetching',
      sinceMs: NOW_MS - 12_300,
      progress: { step: 'downloading mongod', bytes: 23e6, bytesTotal: 51e6 },
    },
    etcd: { ...FRESH, state: 'fetching', sinceMs: NOW_MS - 72_300, progress: { step: 'compiling etcd' } },
  },
  'starting',
);

function draw(status: ClusterStatus, columns = 100, rows = 24, hasColour = false): string {
  const scene = { status, sinceMs: NOW_MS - 12_300, nowMs: NOW_MS, columns, rows, paint: painter(hasColour) };
  return renderToString(<ClusterView {...scene} />, { columns });
}

test('every phase has its time, and what is fetched shows how far it is', () => {
  expect(`\n${draw(BUSY, 120)}\n`).toMatchInlineSnapshot(`
    "
    Cluster default  6 of 10 healthy  12.3 s
                                   fetch       start        init
    ✓ kafka     healthy            40 ms       1.9 s      400 ms  message produced and consumed in 23 ms
    ⠋ connect   starting           40 ms      800 ms
    ⠋ streams   initialising       40 ms       2.1 s       1.5 s
    ⠋ mongodb   fetching          12.3 s                          ━━━━━╌╌╌╌╌╌╌ downloading mongod, 23 MB of 51 MB
    ✓ postgres  healthy            40 ms       1.9 s      400 ms  row committed and read back in 3 ms
    ⠋ etcd      fetching      1 min 12 s                          compiling etcd
    ✓ gateway   healthy            40 ms       1.9 s      400 ms  an authenticated request answered in 4 ms
    ✓ command   healthy            40 ms       1.9 s      400 ms  PostgreSQL, Kafka and etcd reached
    ✓ worker    healthy            40 ms       1.9 s      400 ms  2 of 2 workers idle
    ✓ join      healthy            40 ms       1.9 s      400 ms  MongoDB reached, positions known

    Ctrl-C leaves it working.
    "
  `);
});

test('at 80 columns there is one time, and what does not fit is cut', () => {
  expect(`\n${draw(BUSY, 80)}\n`).toMatchInlineSnapshot(`
    "
    Cluster default  6 of 10 healthy  12.3 s
                                    time
    ✓ kafka     healthy            2.3 s  message produced and consumed in 23 ms
    ⠋ connect   starting          840 ms
    ⠋ streams   initialising       3.6 s
    ⠋ mongodb   fetching          12.3 s  ━━━━━╌╌╌╌╌╌╌ downloading mongod, 23 MB of…
    ✓ postgres  healthy            2.3 s  row committed and read back in 3 ms
    ⠋ etcd      fetching      1 min 12 s  compiling etcd
    ✓ gateway   healthy            2.3 s  an authenticated request answered in 4 ms
    ✓ command   healthy            2.3 s  PostgreSQL, Kafka and etcd reached
    ✓ worker    healthy            2.3 s  2 of 2 workers idle
    ✓ join      healthy            2.3 s  MongoDB reached, positions known

    Ctrl-C leaves it working.
    "
  `);
});

test('at 36 columns there are names and states', () => {
  expect(`\n${draw(BUSY, 36)}\n`).toMatchInlineSnapshot(`
    "
    Cluster default  6 of 10 healthy  1…

    ✓ kafka     healthy
    ⠋ connect   starting
    ⠋ streams   initialising
    ⠋ mongodb   fetching
    ✓ postgres  healthy
    ⠋ etcd      fetching
    ✓ gateway   healthy
    ✓ command   healthy
    ✓ worker    healthy
    ✓ join      healthy

    Ctrl-C leaves it working.
    "
  `);
});

test('what failed says its code', () => {
  expect(draw(statusOf({ kafka: KAFKA_FAILED }, 'degraded'), 120)).toMatch(
    /^✗ kafka {5}failed +GB_PROBE_KAFKA The broker ended 5 times in 60 s: exit 1\.$/m,
  );
});

test('only what is wanted is shown', () => {
  const off = { ...FRESH, state: 'off' } as const;
  const others = COMPONENT_NAMES.filter(name => name !== 'kafka' && name !== 'postgres');
  const text = draw(statusOf(Object.fromEntries(others.map(name => [name, off]))));
  expect(text).toContain('2 of 2 healthy');
  expect(others.filter(name => text.includes(name))).toEqual([]);
});

describe('a terminal of few rows', () => {
  test.each(Array.from({ length: 24 }, (_, index) => index + 1))('%i rows: it never fills the last one', rows => {
    for (const columns of [20, 36, 80, 120]) {
      const lines = draw(BUSY, columns, rows).split('\n');
      expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  test('12 rows hold all ten; with fewer, healthy ones give way', () => {
    expect(draw(BUSY, 80, 12).split('\n')).toHaveLength(11);
    expect(draw(BUSY, 80, 8).split('\n')).toHaveLength(7);
    expect(`\n${draw(BUSY, 80, 6)}\n`).toMatchInlineSnapshot(`
      "
      Cluster default  6 of 10 healthy  12.3 s
      ⠋ connect   starting          840 ms
      ⠋ streams   initialising       3.6 s
      ⠋ mongodb   fetching          12.3 s  ━━━━━╌╌╌╌╌╌╌ downloading mongod, 23 MB of…
        … and 7 more
      "
    `);
  });
});

test('the spinner turns with the time', () => {
  const at = (nowMs: number) =>
    renderToString(
      <ClusterView {...{ status: BUSY, sinceMs: NOW_MS, nowMs, columns: 80, rows: 24, paint: painter(false) }} />,
    );
  expect(new Set([0, 100, 200].map(ms => at(NOW_MS + ms).split('\n')[3]?.[0])).size).toBe(3);
});

test('states have colours', () => {
  const text = draw(statusOf({ kafka: KAFKA_FAILED }), 120, 24, true);
  expect(text).toContain('\u001b[31m✗');
  expect(text).toContain('\u001b[32mhealthy');
});
