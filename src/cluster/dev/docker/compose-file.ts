/**
 * The cluster as a Compose file: one network, a volume for each engine, ports on loopback only. It is written in
 * JSON, which YAML contains, and within what version 1 of Compose understands. No secret is in it.
 */
import { CLUSTER_ID_VARIABLE, type ClusterFacts } from '../cluster-facts.ts';
import { configDir } from '../cluster-folder.ts';
import type { EngineName } from '../component.ts';
import { volumeDir } from './docker-service.ts';
import { clusterLabels, componentLabels } from './labels.ts';
import { DOCKER_SERVICES } from './services/index.ts';

export interface Contents {
  /** Of every component. */
  readonly images: ReadonlyMap<EngineName, string>;
  /** Names of volumes, of the components that keep data. */
  readonly volumes: ReadonlyMap<EngineName, string>;
}

export function composeFile(facts: ClusterFacts, { images, volumes }: Contents): string {
  const labelled = ([name, volume]: readonly [EngineName, string]) => [
    name,
    { name: volume, labels: componentLabels(name, facts) },
  ];
  const document = {
    services: Object.fromEntries([...images].map(([name, image]) => [name, service(name, facts, image)])),
    networks: { default: { labels: clusterLabels(facts) } },
    volumes: Object.fromEntries([...volumes].map(labelled)),
  };
  return `${JSON.stringify(document, escapeDollar, 2)}\n`;
}

function service(name: EngineName, facts: ClusterFacts, image: string) {
  const {
    command,
    port,
    insidePort,
    keepsData = false,
    capabilities = [],
    stopGraceMs,
    stopSignal = 'SIGTERM',
  } = DOCKER_SERVICES[name];
  const published = facts.ports[port];
  const [program = '', ...args] = command(facts);
  const config = configDir(facts.dir, name);
  return {
    image,
    entrypoint: [program],
    command: args,
    user: '0:0',
    cap_drop: ['ALL'],
    // Root in the container has to read files of mode 0600 that belong to somebody else outside.
    cap_add: ['DAC_OVERRIDE', ...capabilities],
    security_opt: ['no-new-privileges:true'],
    environment: { [CLUSTER_ID_VARIABLE]: facts.id },
    labels: componentLabels(name, facts),
    ports: [`127.0.0.1:${published}:${insidePort?.(facts) ?? published}`],
    volumes: [
      { type: 'bind', source: config, target: config, read_only: true },
      ...(keepsData ? [{ type: 'volume', source: name, target: volumeDir(facts, name) }] : []),
    ],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '2' } },
    stop_signal: stopSignal,
    stop_grace_period: `${stopGraceMs / 1000}s`,
    // The daemon starts again what dies, and fetches images beforehand.
    restart: 'no',
    pull_policy: 'never',
  };
}

/** Compose would take `$` for a variable. */
const escapeDollar = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('$', '$$$$') : value;
