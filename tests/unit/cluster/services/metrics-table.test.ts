/** docs/observability.md lists every metric as its service tells it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { USUAL_THRESHOLDS } from '../../../../src/cluster/services/command/alerts/level.ts';
import { newCounters as commandCounters } from '../../../../src/cluster/services/command/counters.ts';
import { commandMetrics } from '../../../../src/cluster/services/command/metrics.ts';
import type { Metrics } from '../../../../src/cluster/services/common/metrics.ts';
import { gatewayMetrics } from '../../../../src/cluster/services/gateway/metrics.ts';
import { newCounters as joinCounters } from '../../../../src/cluster/services/join/counters.ts';
import { joinMetrics } from '../../../../src/cluster/services/join/metrics.ts';
import { poolMetrics } from '../../../../src/cluster/services/worker/pool-metrics.ts';

/** Of fastify only what metrics need. */
const APP = { addHook: () => {} } as unknown as Parameters<typeof gatewayMetrics>[0];
const QUEUE = { queued: 0, dispatched: 0, running: 0, oldestMs: null, outbox: 0 };

const SERVICES: readonly Metrics[] = [
  gatewayMetrics(APP),
  commandMetrics({
    counters: commandCounters(),
    queue: async () => QUEUE,
    cases: async () => ({ retrying: 0, open: 0 }),
  }),
  poolMetrics(() => []).metrics,
  joinMetrics({ bus: memoryBus(), counters: joinCounters(), openStreams: () => 0 }),
];

const page = readFileSync(new URL('../../../../docs/observability.md', import.meta.url), 'utf8');
const [metricsPart = '', alertsPart = ''] = page.split('## Alerts');

test('the table and the services agree', () => {
  const documented = metricsPart.split('\n').filter(line => line.startsWith('| `gobool_'));
  const told = SERVICES.flatMap(metrics => metrics.described()).map(({ name, type, labels, help }) =>
    `| \`${name}\` | ${type} | ${labels.map(label => `\`${label}\``).join(' ')} | ${help} |`.replace(' |  | ', ' | | '),
  );
  expect(documented).toEqual(told);
});

test('names say the unit, and counters that they are counters', () => {
  for (const { name, type, help } of SERVICES.flatMap(metrics => metrics.described())) {
    expect(name).toMatch(/^gobool_(gateway|command|worker|join)_[a-z_]+$/);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});

test('the usual thresholds are of metrics that exist, and documented', () => {
  const told = [...SERVICES.flatMap(metrics => metrics.described())].map(({ name }) => name);
  const documented = [...alertsPart.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(documented).toEqual(Object.keys(USUAL_THRESHOLDS));
  expect(documented.filter(name => !told.includes(name ?? ''))).toEqual(['process_resident_memory_bytes']);
});
