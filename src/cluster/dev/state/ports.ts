/** Which ports a cluster may use. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { GoboolError } from '../../../runtime/base/error.ts';
import { DEFAULT_PORTS, type Ports } from '../cluster-facts.ts';
import type { ComponentName } from '../component.ts';
import { type PortOwner, portOwner } from './port-owner.ts';

const PORTS_OF: Readonly<Record<ComponentName, readonly (keyof Ports)[]>> = {
  kafka: ['kafka', 'kafkaController'],
  connect: ['connect'],
  streams: ['streams'],
  mongodb: ['mongodb'],
  postgres: ['postgres'],
  etcd: ['etcd', 'etcdPeer'],
  gateway: ['gateway'],
  command: ['command'],
  worker: ['worker'],
  join: ['join'],
};

/** Below the ports of outgoing connections, which could take one while its engine is being restarted. */
const ALLOCATED = { from: 20_000, to: 32_000 } as const;

export const portsOf = (name: ComponentName, ports: Ports): readonly number[] => PORTS_OF[name].map(key => ports[key]);

/** Throws `GB_CLUSTER_PORT_TAKEN`, which names every port that somebody else listens on, and who that is. */
export async function checkPorts(names: readonly ComponentName[], ports: Ports): Promise<void> {
  const wanted = names.flatMap(name => portsOf(name, ports).map(port => ({ name, port })));
  const taken = await keepTaken(wanted);
  const [first] = taken;
  if (first === undefined) return;
  const problems = taken.map(({ name, port }) => `port ${port} (${name}): ${ownerText(portOwner(port))}`);
  const message = `Port ${first.port}, which ${first.name} needs, is taken by ${ownerText(portOwner(first.port))}.`;
  throw new GoboolError('GB_CLUSTER_PORT_TAKEN', message, { ...(taken.length > 1 && { problems }) });
}

/** Free ones for everything, none of the usual: clusters that are made at the same time do not meet. */
export async function allocatePorts(): Promise<Ports> {
  const names = Object.keys(DEFAULT_PORTS) as (keyof Ports)[];
  const free = await freePorts(names.length, Object.values(DEFAULT_PORTS));
  return { ...DEFAULT_PORTS, ...Object.fromEntries(names.map((name, i) => [name, free[i]])) };
}

/** The ports, with free ones in place of those of `names` that are taken. */
export async function replaceTaken(names: readonly ComponentName[], ports: Ports): Promise<Ports> {
  const keys = names.flatMap(name => PORTS_OF[name]);
  const taken = await keepTaken(keys.map(key => ({ key, port: ports[key] })));
  if (taken.length === 0) return ports;
  const free = await freePorts(taken.length, [...Object.values(ports), ...Object.values(DEFAULT_PORTS)]);
  return { ...ports, ...Object.fromEntries(taken.map(({ key }, i) => [key, free[i]])) };
}

async function keepTaken<T extends { readonly port: number }>(wanted: readonly T[]): Promise<readonly T[]> {
  const areFree = await Promise.all(wanted.map(({ port }) => isFree(port)));
  return wanted.filter((_, i) => !areFree[i]);
}

/** Distinct ports on which nobody listens now, and none of `avoided`. */
export async function freePorts(count: number, avoided: readonly number[]): Promise<readonly number[]> {
  const free = new Set<number>();
  while (free.size < count) {
    const port = randomInt(ALLOCATED.from, ALLOCATED.to);
    if (!avoided.includes(port) && (await isFree(port))) free.add(port);
  }
  return [...free];
}

/** Whether one could listen on it now. */
function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function ownerText(owner: PortOwner | undefined): string {
  if (owner === undefined) return 'a program of another user';
  const cluster = owner.isCluster ? ' of another cluster' : '';
  return `${owner.program} (pid ${owner.pid})${cluster}`;
}
