/** Statuses of a cluster as its daemon says them, for whatever shows them. */
import { DEFAULT_PORTS } from '../../src/cluster/dev/cluster-facts.ts';
import type { ClusterStatus, ComponentStatus } from '../../src/cluster/dev/cluster-status.ts';
import { COMPONENT_NAMES, type ComponentName } from '../../src/cluster/dev/component.ts';

export const NOW_MS = Date.UTC(2026, 0, 5, 12, 0, 0);

const EVIDENCE = {
  kafka: 'message produced and consumed in 23 ms',
  connect: 'connector candles and its task are RUNNING',
  streams: 'RUNNING with 8 partitions',
  mongodb: 'majority write read back in 9 ms',
  postgres: 'row committed and read back in 3 ms',
  etcd: 'lease granted, key written and read in 5 ms',
  gateway: 'an authenticated request answered in 4 ms',
  command: 'PostgreSQL, Kafka and etcd reached',
  worker: '2 of 2 workers idle',
  join: 'MongoDB reached, positions known',
};

type Changes = Partial<Record<ComponentName, Partial<ComponentStatus>>>;

/** Healthy for five minutes, probed 12 s ago, but for what `changes` say. */
export function statusOf(changes: Changes = {}, state: ClusterStatus['state'] = 'healthy'): ClusterStatus {
  const components = COMPONENT_NAMES.map(name => ({ ...healthy(name), ...changes[name] }));
  return { name: 'default', id: 'c-0123456789ab', driver: 'native', state, daemonPid: 4711, components };
}

/** What a component looks like before anything happened to it. */
export const FRESH = { pid: null, memoryBytes: null, cpu: null, probe: null, tookMs: {}, drift: null } as const;

export const KAFKA_FAILED = {
  ...FRESH,
  state: 'failed',
  restarts: 5,
  problem: {
    code: 'GB_PROBE_KAFKA',
    message: 'The broker ended 5 times in 60 s: exit 1.\nIts port was free.',
    hint: 'Read its log.',
    log: ['[main] INFO starting', '[main] ERROR Exiting Kafka due to fatal exception'],
  },
} as const satisfies Partial<ComponentStatus>;

function healthy(name: ComponentName): ComponentStatus {
  return {
    name,
    state: 'healthy',
    sinceMs: NOW_MS - 300_000,
    pid: 4712 + COMPONENT_NAMES.indexOf(name),
    port: DEFAULT_PORTS[name],
    url: `127.0.0.1:${DEFAULT_PORTS[name]}`,
    origin: { version: '4.2.0', route: 'cache', location: '/cache/engine' },
    memoryBytes: 100e6,
    cpu: 0.021,
    restarts: 0,
    probe: { ok: true, message: EVIDENCE[name], atMs: NOW_MS - 12_000 },
    problem: null,
    progress: null,
    tookMs: { fetching: 40, starting: 1900, initialising: 400 },
    drift: [],
  };
}
