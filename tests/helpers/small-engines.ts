/**
 * Components whose engines are small programs of Node: each listens on its port and answers `ok`. They are launched,
 * found, stopped and killed by the same code as the real ones, and start in a twentieth of a second.
 */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { CLUSTER_ID_VARIABLE, type ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { logFile } from '../../src/cluster/dev/cluster-folder.ts';
import type { Component, ComponentName } from '../../src/cluster/dev/component.ts';
import type { Driver } from '../../src/cluster/dev/driver.ts';
import { COMPONENT_VARIABLE, clusterProcesses, processText } from '../../src/cluster/dev/native/cluster-processes.ts';
import { adoptProcess, launchProcess } from '../../src/cluster/dev/native/native-process.ts';
import { GoboolError } from '../../src/runtime/base/error.ts';

const LISTEN = "require('node:net').createServer(s => s.end('ok')).listen(+process.argv[1], '127.0.0.1')";
const STOPPING = { stopSignal: 'SIGTERM', graceMs: 2000 } as const;

/**
 * Another script in place of a component's engine, with the port as its argument; null is a program that does not
 * exist.
 */
export type Programs = Partial<Record<ComponentName, string | null>>;

export function smallDriver(programs: Programs = {}): Driver {
  return {
    name: 'native',
    fetch: async () => ({ version: '1', route: 'path', location: process.execPath }),
    async start(name, facts) {
      const file = logFile(facts.dir, name);
      mkdirSync(dirname(file), { recursive: true });
      const env = { [CLUSTER_ID_VARIABLE]: facts.id, [COMPONENT_VARIABLE]: name };
      const program = programs[name] === null ? '/nowhere/engine' : process.execPath;
      const args = ['-e', programs[name] ?? LISTEN, String(facts.ports[name])];
      return launchProcess({ program, args, env, cwd: facts.dir, logFile: file }, STOPPING);
    },
    async find(name, facts) {
      const found = clusterProcesses(facts.id).find(candidate => candidate.role === name && candidate.leads);
      return found && adoptProcess(found, STOPPING);
    },
    async sweep({ id }) {
      const found = clusterProcesses(id).filter(({ role }) => role !== 'daemon');
      for (const leader of found) adoptProcess(leader, STOPPING).kill();
      return found.map(processText);
    },
    logFile: (name, facts) => logFile(facts.dir, name),
  };
}

export function smallComponent(name: ComponentName, relations: Partial<Component> = {}): Component {
  return {
    name,
    after: [],
    needs: [],
    ...relations,
    open: ({ ports }: ClusterFacts) => ({
      check: signal => ask(ports[name], signal),
      initialise: async () => undefined,
      probe: async signal => {
        await ask(ports[name], signal);
        return 'it said ok';
      },
      drift: async () => [],
      close: async () => undefined,
    }),
  };
}

async function ask(port: number, signal: AbortSignal): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [data] = await once(socket, 'data', { signal });
    if (String(data) !== 'ok') throw new Error(`it said ${data}`);
  } catch (error) {
    throw new GoboolError('GB_PROBE_ETCD', 'It does not say ok.', { cause: error });
  } finally {
    socket.destroy();
  }
}
