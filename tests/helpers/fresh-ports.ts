import { DEFAULT_PORTS, type Ports } from '../../src/cluster/dev/cluster-facts.ts';
import { freePorts } from '../../src/cluster/dev/state/ports.ts';

/** For a cluster of a test: free ones, none of the usual. */
export async function freshPorts(): Promise<Ports> {
  const names = Object.keys(DEFAULT_PORTS);
  const free = await freePorts(names.length, Object.values(DEFAULT_PORTS));
  return Object.fromEntries(names.map((name, i) => [name, free[i]])) as unknown as Ports;
}
