import { describe, expect, test, vi } from 'vitest';
import { environmentOf, exportLines } from '../../../../src/cli/commands/cluster/environment.ts';
import { failureOf } from '../../../../src/cli/commands/cluster/failure.ts';
import { changeLines, plainWatch, progressLines } from '../../../../src/cli/commands/cluster/plain-watch.ts';
import { statusData } from '../../../../src/cli/commands/cluster/status-data.ts';
import { statusText } from '../../../../src/cli/commands/cluster/status-text.ts';
import { summaryText } from '../../../../src/cli/commands/cluster/summary-text.ts';
import type { CommandContext } from '../../../../src/cli/context.ts';
import { painter } from '../../../../src/cli/output/colour.ts';
import { createOutput } from '../../../../src/cli/output/output.ts';
import { ageText, bytesText } from '../../../../src/cli/output/quantities.ts';
import { type ClusterFacts, DEFAULT_PORTS } from '../../../../src/cluster/dev/cluster-facts.ts';
import { COMPONENT_NAMES, type ComponentName } from '../../../../src/cluster/dev/component.ts';
import { FRESH, KAFKA_FAILED, NOW_MS, statusOf } from '../../../helpers/cluster-status.ts';

const NULL_STREAM = { write: () => {} };
const OUT = createOutput({ stdout: NULL_STREAM, stderr: NULL_STREAM, env: {}, nowMs: () => NOW_MS }, 'text', false);
const PLAIN = painter(false);
const OFF = { ...FRESH, state: 'off' } as const;
const FETCHING = {
  ...FRESH,
  state: 'fetching',
  sinceMs: NOW_MS - 23_000,
  progress: { step: 'downloading 23 of 46 jars', bytes: 12e6, bytesTotal: 51e6 },
} as const;

test('the summary of up: proofs with their age, addresses, the way for programs', () => {
  expect(`\n${summaryText(statusOf(), 10_300, OUT)}\n`).toMatchInlineSnapshot(`
    "
    Cluster default is healthy: 10 components, 1.0 GB, after 10.3 s.

      kafka     healthy, probed 12 s ago: message produced and consumed in 23 ms
      connect   healthy, probed 12 s ago: connector candles and its task are RUNNING
      streams   healthy, probed 12 s ago: RUNNING with 8 partitions
      mongodb   healthy, probed 12 s ago: majority write read back in 9 ms
      postgres  healthy, probed 12 s ago: row committed and read back in 3 ms
      etcd      healthy, probed 12 s ago: lease granted, key written and read in 5 ms
      gateway   healthy, probed 12 s ago: an authenticated request answered in 4 ms
      command   healthy, probed 12 s ago: PostgreSQL, Kafka and etcd reached
      worker    healthy, probed 12 s ago: 2 of 2 workers idle
      join      healthy, probed 12 s ago: MongoDB reached, positions known

    Addresses
      kafka     127.0.0.1:29092
      connect   127.0.0.1:28083
      streams   127.0.0.1:28084
      mongodb   127.0.0.1:28017
      postgres  127.0.0.1:25432
      etcd      127.0.0.1:22379
      gateway   127.0.0.1:28080
      command   127.0.0.1:28086
      worker    127.0.0.1:28087
      join      127.0.0.1:28088

    Programs get them with passwords by eval "$(gobool cluster status --env)"
    "
  `);
});

test('the table of a cluster that is not well', () => {
  const status = statusOf(
    {
      kafka: KAFKA_FAILED,
      connect: FETCHING,
      streams: OFF,
      postgres: { drift: ['migration 3 is missing', 'table x is not declared'] },
    },
    'degraded',
  );
  expect(`\n${statusText(status, OUT)}\n`).toMatchInlineSnapshot(`
    "
    Cluster default is degraded (driver native, daemon 4711, 9 components, 700 MB)

    component  state       for   pid   port  version  from   memory   cpu  restarts
    kafka      failed    5 min     -  29092  4.2.0    cache       -     -         5
    connect    fetching   23 s     -  28083  4.2.0    cache       -     -         0
    mongodb    healthy   5 min  4715  28017  4.2.0    cache  100 MB  2.1%         0
    postgres   healthy   5 min  4716  25432  4.2.0    cache  100 MB  2.1%         0
    etcd       healthy   5 min  4717  22379  4.2.0    cache  100 MB  2.1%         0
    gateway    healthy   5 min  4718  28080  4.2.0    cache  100 MB  2.1%         0
    command    healthy   5 min  4719  28086  4.2.0    cache  100 MB  2.1%         0
    worker     healthy   5 min  4720  28087  4.2.0    cache  100 MB  2.1%         0
    join       healthy   5 min  4721  28088  4.2.0    cache  100 MB  2.1%         0

      kafka     GB_PROBE_KAFKA The broker ended 5 times in 60 s: exit 1. Read its log.
      connect   downloading 23 of 46 jars, 12 MB of 51 MB
      mongodb   probed 12 s ago: majority write read back in 9 ms
      postgres  probed 12 s ago: row committed and read back in 3 ms
      etcd      probed 12 s ago: lease granted, key written and read in 5 ms
      gateway   probed 12 s ago: an authenticated request answered in 4 ms
      command   probed 12 s ago: PostgreSQL, Kafka and etcd reached
      worker    probed 12 s ago: 2 of 2 workers idle
      join      probed 12 s ago: MongoDB reached, positions known
      differs postgres: migration 3 is missing
      differs postgres: table x is not declared
    "
  `);
});

test('of a cluster that is down there is one line', () => {
  const components = statusOf().components.map(component => ({ ...component, ...OFF }));
  const down = { ...statusOf({}, 'down'), daemonPid: null, components };
  expect(statusText(down, OUT)).toBe('Cluster default is down. Start it with `gobool cluster up`.');
});

test('JSON has the fields that are promised', () => {
  expect(statusData(statusOf())).toMatchObject({
    name: 'default',
    state: 'healthy',
    components: COMPONENT_NAMES.map((name, i) => ({
      name,
      state: 'healthy',
      pid: 4712 + i,
      port: expect.any(Number),
      url: expect.any(String),
      version: '4.2.0',
      memoryBytes: 100e6,
      restarts: 0,
      probe: { ok: true, at: '2026-01-05T11:59:48.000Z' },
    })),
  });
});

describe('plain lines', () => {
  test('a line for each change, none for what stays or is not wanted', () => {
    const before = statusOf({ kafka: { ...FRESH, state: 'starting' }, etcd: FETCHING, streams: OFF });
    expect(changeLines(undefined, before, PLAIN)).toEqual(['kafka: starting', 'etcd: fetching']);
    const after = statusOf({ etcd: { ...FRESH, state: 'starting', tookMs: { fetching: 23_000 } }, streams: OFF });
    expect(changeLines(before, after, PLAIN)).toEqual([
      'kafka: healthy after 2.3 s: message produced and consumed in 23 ms',
      'etcd: starting, fetched in 23.0 s',
    ]);
    expect(changeLines(after, after, PLAIN)).toEqual([]);
    expect(
      changeLines(after, statusOf({ kafka: KAFKA_FAILED, streams: OFF, etcd: after.components[5]! }), PLAIN),
    ).toEqual(['kafka: failed: GB_PROBE_KAFKA The broker ended 5 times in 60 s: exit 1.']);
  });

  test('what takes long is told every 10 s, until the watching ends', () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    const watch = plainWatch(statusOf({ etcd: FETCHING }), { ...OUT, note: line => lines.push(line) });
    lines.length = 0;
    vi.advanceTimersByTime(20_000);
    const line = 'etcd: fetching for 23.0 s: downloading 23 of 46 jars, 12 MB of 51 MB';
    expect(lines).toEqual([line, line]);
    watch.close();
    vi.advanceTimersByTime(20_000);
    vi.useRealTimers();
    expect(lines).toHaveLength(2);
    expect(progressLines(statusOf(), NOW_MS)).toEqual([]);
  });
});

describe('why a cluster is not up', () => {
  const CONTEXT = { projectDir: '/project', cwd: '/project' } as CommandContext;
  const failed = (code: string, message: string) => ({
    ...KAFKA_FAILED,
    problem: { ...KAFKA_FAILED.problem, code, message },
  });

  test('the first component with its code, its log and its hint; the others in a line each', () => {
    const status = statusOf({ kafka: KAFKA_FAILED, streams: failed('GB_JAVA_MISSING', 'There is none.') }, 'degraded');
    expect(failureOf(status, CONTEXT)).toMatchObject({
      code: 'GB_PROBE_KAFKA',
      message: 'kafka: The broker ended 5 times in 60 s: exit 1.\nIts port was free.',
      hint: 'Read its log.',
      where: { file: '.gobool/cluster/default/logs/kafka.log', frame: expect.stringContaining('fatal exception') },
      problems: ['streams: GB_JAVA_MISSING There is none.'],
    });
  });

  test('what was asked for first, and what it needs', () => {
    const broken = failed('GB_PROBE_ETCD', 'No.');
    const status = statusOf({ kafka: KAFKA_FAILED, etcd: broken, worker: { ...FRESH, state: 'starting' } }, 'degraded');
    const needing = status.components.map(it => (it.name === 'worker' ? { ...it, needs: ['etcd'] as const } : it));
    const messageFor = (only: ComponentName[]) => failureOf({ ...status, components: needing }, CONTEXT, only).message;
    expect(messageFor(['etcd'])).toBe('etcd: No.');
    expect(messageFor(['worker'])).toBe('etcd: No.');
    expect(messageFor([])).toMatch(/^kafka: /);
  });

  test.each(['GB_DISK_FULL', 'GB_NEVER_HEARD_OF'])('%s, which is no code of a cluster, is told inside one', code => {
    expect(failureOf(statusOf({ etcd: failed(code, 'No room.') }), CONTEXT)).toMatchObject({
      code: 'GB_CLUSTER_FAILED',
      message: `etcd: ${code} No room.`,
    });
  });

  test('without a failed one, whatever is not healthy', () => {
    const { code, message, hint } = failureOf(statusOf({ etcd: { ...FRESH, state: 'starting' } }, 'starting'), CONTEXT);
    expect({ code, message }).toEqual({ code: 'GB_CLUSTER_FAILED', message: 'etcd: it is starting.' });
    expect(hint).toContain('gobool cluster logs etcd');
  });
});

test('variables for programs, quoted for a shell', () => {
  const secret = (letter: string) => letter.repeat(32);
  const secrets = {
    postgres: secret('p'),
    mongodbAdmin: secret('a'),
    mongodbApp: secret('m'),
    mongodbConnect: secret('c'),
    mongodbKey: secret('k'),
  };
  const facts: ClusterFacts = {
    id: 'c-0123456789ab',
    name: 'default',
    dir: '/project/.gobool/cluster/default',
    ports: DEFAULT_PORTS,
    secrets,
    inside: { kafka: '', mongodb: '' },
  };
  expect(Object.keys(environmentOf(facts, COMPONENT_NAMES))).toEqual([
    'KAFKA_BROKERS',
    'CONNECT_URL',
    'STREAMS_URL',
    'MONGODB_URI',
    'POSTGRES_URL',
    'PGHOST',
    'PGPORT',
    'PGUSER',
    'PGPASSWORD',
    'PGDATABASE',
    'ETCD_ENDPOINTS',
    'GATEWAY_URL',
  ]);
  expect(exportLines(environmentOf(facts, ['kafka', 'postgres']))).toBe(
    [
      "export KAFKA_BROKERS='127.0.0.1:29092'",
      `export POSTGRES_URL='postgresql://gobool:${secrets.postgres}@127.0.0.1:25432/gobool'`,
      "export PGHOST='127.0.0.1'",
      "export PGPORT='25432'",
      "export PGUSER='gobool'",
      `export PGPASSWORD='${secrets.postgres}'`,
      "export PGDATABASE='gobool'",
    ].join('\n'),
  );
  expect(exportLines({ A: "it's" })).toBe("export A='it'\\''s'");
  const text = exportLines(environmentOf(facts, COMPONENT_NAMES));
  for (const hidden of [secrets.mongodbAdmin, secrets.mongodbConnect, secrets.mongodbKey])
    expect(text).not.toContain(hidden);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [147e6, '147 MB'],
  [9.96e6, '10 MB'],
  [999.6e6, '1.0 GB'],
])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));

test.each([
  [-5, '0 s'],
  [12_900, '12 s'],
  [60_000, '1 min'],
  [3 * 3_600_000, '3 h'],
  [47 * 3_600_000, '47 h'],
  [50 * 3_600_000, '2 days'],
])('%d ms ago is %s', (ms, text) => expect(ageText(ms)).toBe(text));
