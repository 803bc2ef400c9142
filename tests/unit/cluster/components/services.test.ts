import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ComponentClient } from '../../../../src/cluster/dev/component.ts';
import { commandComponent } from '../../../../src/cluster/dev/components/command.ts';
import { gatewayComponent } from '../../../../src/cluster/dev/components/gateway.ts';
import { joinComponent } from '../../../../src/cluster/dev/components/join.ts';
import { workerComponent } from '../../../../src/cluster/dev/components/worker.ts';
import { COMPONENTS } from '../../../../src/cluster/dev/components.ts';
import { withNeeds } from '../../../../src/cluster/dev/daemon/supervisor.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { soloFacts } from '../../../helpers/solo-engine.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const soon = () => AbortSignal.timeout(5_000);

test('the gateway brings the engines and services that it needs, and no other', () => {
  const needed = ['kafka', 'mongodb', 'postgres', 'etcd', 'gateway', 'command', 'worker', 'join'];
  expect([...withNeeds(['gateway'], COMPONENTS)].sort()).toEqual(needed.sort());
});

describe.each([
  ['GB_PROBE_GATEWAY', gatewayComponent],
  ['GB_PROBE_COMMAND', commandComponent],
  ['GB_PROBE_WORKER', workerComponent],
  ['GB_PROBE_JOIN', joinComponent],
] as const)('%s', (code, { name, open }) => {
  async function clientAt(port: number): Promise<ComponentClient> {
    const facts = await soloFacts(temporaryDir());
    const client = open({ ...facts, ports: { ...facts.ports, [name]: port } });
    onTestFinished(client.close);
    return client;
  }

  test('nobody answers', async () => {
    const client = await clientAt(1);
    expect((await errorOf(() => client.check(soon()))).code).toBe(code);
    expect((await errorOf(() => client.probe(soon()))).code).toBe(code);
  });

  test('what misses an engine is alive, and says what it misses', async () => {
    let said = 'kafka: no answer';
    const server = createServer((_, response) => response.writeHead(503).end(said));
    onTestFinished(() => void server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = await clientAt((server.address() as AddressInfo).port);
    await client.check(soon());
    const { message } = await errorOf(() => client.probe(soon()));
    expect(message).toContain('it cannot work now: kafka: no answer');
    said = JSON.stringify({ title: 'Away.', detail: 'It misses something.', problems: ['etcd: gone', 'join: gone'] });
    const problem = await errorOf(() => client.probe(soon()));
    expect(problem.message).toMatch(/: it cannot work now: It misses something\. etcd: gone join: gone$/);
  });
});
