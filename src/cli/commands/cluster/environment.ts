/**
 * Where a program finds the cluster, as the environment variables that clients of the engines know. They hold
 * passwords, so they are only made when a user asks for them.
 */
import { urlOf } from '../../../cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../../cluster/dev/cluster-facts.ts';
import type { ComponentName } from '../../../cluster/dev/component.ts';

type Variables = Readonly<Record<string, string>>;

const VARIABLES: Readonly<Record<ComponentName, (facts: ClusterFacts) => Variables>> = {
  kafka: ({ ports }) => ({ KAFKA_BROKERS: urlOf('kafka', ports) }),
  connect: ({ ports }) => ({ CONNECT_URL: urlOf('connect', ports) }),
  streams: ({ ports }) => ({ STREAMS_URL: urlOf('streams', ports) }),
  mongodb: ({ ports, secrets }) => ({
    MONGODB_URI: `${withLogin(urlOf('mongodb', ports), secrets.mongodbApp)}&authSource=admin`,
  }),
  postgres: ({ ports, secrets }) => ({
    POSTGRES_URL: withLogin(urlOf('postgres', ports), secrets.postgres),
    PGHOST: '127.0.0.1',
    PGPORT: String(ports.postgres),
    PGUSER: 'gobool',
    PGPASSWORD: secrets.postgres,
    PGDATABASE: 'gobool',
  }),
  etcd: ({ ports }) => ({ ETCD_ENDPOINTS: urlOf('etcd', ports) }),
  gateway: ({ ports }) => ({ GATEWAY_URL: urlOf('gateway', ports) }),
  command: () => ({}),
  worker: () => ({}),
  join: () => ({}),
};

function withLogin(address: string, password: string): string {
  return Object.assign(new URL(address), { username: 'gobool', password }).href;
}

export function environmentOf(facts: ClusterFacts, components: readonly ComponentName[]): Variables {
  return Object.assign({}, ...components.map(name => VARIABLES[name](facts)));
}

/** Lines for a shell's `eval`. */
export function exportLines(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
    .join('\n');
}
