/** The Streams app as a process of the test, with topics, a consumer group and a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { streamsComponent } from '../../src/cluster/dev/components/streams.ts';
import { engineCache } from '../../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../../src/cluster/dev/fetch/fetch-engine.ts';
import { streamsCommand } from '../../src/cluster/dev/native/engines/streams.ts';
import { freePorts } from '../../src/cluster/dev/state/ports.ts';
import { streamsProperties } from '../../src/cluster/dev/streams-properties.ts';

export interface StreamsApp {
  readonly client: ReturnType<typeof streamsComponent.open>;
  start(): void;
  /** Resolves when all partitions are read. */
  working(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it is gone: its exit code, or the signal that ended it; null where it was never started. */
  ended(): Promise<number | NodeJS.Signals | null>;
  /** Sends the signal and waits for the end. */
  end(name: NodeJS.Signals): ReturnType<StreamsApp['ended']>;
}

export async function streamsApp(cluster: ClusterFacts, topicPrefix: string): Promise<StreamsApp> {
  const { signal } = new AbortController();
  const context = { env: process.env, cacheDir: engineCache(process.env), onProgress: () => {}, signal };
  const install = await fetchEngine('streams', context);
  const [port = 0] = await freePorts(1, []);
  const client = streamsComponent.open({ ...cluster, ports: { ...cluster.ports, streams: port } });
  const dir = join(cluster.dir, topicPrefix);
  const settings = join(dir, 'streams.properties');
  mkdirSync(dir, { recursive: true });
  const bootstrap = cluster.inside.kafka;
  const application = `${topicPrefix}candles`;
  writeFileSync(settings, streamsProperties({ bootstrap, health: `127.0.0.1:${port}`, application, topicPrefix }));

  let child: ChildProcess | undefined;
  let ended: StreamsApp['ended'] = async () => null;
  return {
    client,
    start() {
      const { program, args } = streamsCommand(install, settings);
      const log = openSync(join(dir, 'log'), 'a');
      child = spawn(program, args, { stdio: ['ignore', log, log], cwd: dir });
      closeSync(log);
      const exit = once(child, 'exit');
      ended = async () => {
        const [code, by] = await exit;
        return code ?? by;
      };
    },
    working: () => untilWorking(client),
    signal: name => child?.kill(name),
    ended: () => ended(),
    end(name) {
      child?.kill(name);
      return ended();
    },
  };
}

/** Tries again while nothing answers, as the daemon does. */
async function untilWorking({ initialise }: StreamsApp['client']): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  while (true) {
    try {
      return await initialise(AbortSignal.timeout(deadlineMs - Date.now()));
    } catch (error) {
      if (Date.now() > deadlineMs) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
