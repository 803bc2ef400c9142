/**
 * What the local cluster is made of. A component is one engine, or one of gobool's own services; how it is launched is
 * a driver's matter (native, Docker), how it is spoken to is not: a `ComponentClient` sees only addresses and secrets.
 */
import type { ClusterFacts } from './cluster-facts.ts';

export const ENGINE_NAMES = ['kafka', 'connect', 'streams', 'mongodb', 'postgres', 'etcd'] as const;
export const SERVICE_NAMES = ['gateway', 'command', 'worker', 'join'] as const;

/** In the order of reports. */
export const COMPONENT_NAMES = [...ENGINE_NAMES, ...SERVICE_NAMES] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];
export type ServiceName = (typeof SERVICE_NAMES)[number];
export type ComponentName = EngineName | ServiceName;

export const isService = (name: ComponentName): name is ServiceName => SERVICE_NAMES.some(service => service === name);

/**
 * `off`: not asked for. `starting`: launched, does not answer yet. `initialising`: answers; users, schema and the
 * deep probe are on their way. `healthy`: the deep probe passed and it answers. `unhealthy`: runs, does not answer.
 * `restarting`: died, comes back after a pause. `failed`: gave up, waits for a person.
 */
export type ComponentState =
  | 'off'
  | 'fetching'
  | 'starting'
  | 'initialising'
  | 'healthy'
  | 'unhealthy'
  | 'restarting'
  | 'stopping'
  | 'failed';

export interface Component {
  readonly name: ComponentName;
  /** Must be healthy before this one is launched; kept short, since every engine tolerates that others are away. */
  readonly after: readonly ComponentName[];
  /** Wanted whenever this one is wanted (`--only connect` brings kafka and mongodb). */
  readonly needs: readonly ComponentName[];
  readonly open: (facts: ClusterFacts) => ComponentClient;
}

/** Speaks to one engine over its port. Every method throws a coded `GoboolError` and obeys its signal. */
export interface ComponentClient {
  /**
   * Resolves once the engine answers; called in a loop while it starts, then every second. Cheap: one request over a
   * kept connection, which it makes anew where it broke.
   */
  readonly check: (signal: AbortSignal) => Promise<void>;
  /** What the engine needs beyond running: replica set, users, schema, connectors. Idempotent. */
  readonly initialise: (signal: AbortSignal) => Promise<void>;
  /** Proves that it does its work. Returns the evidence in one line: `message produced and consumed in 23 ms`. */
  readonly probe: (signal: AbortSignal) => Promise<string>;
  /** What differs from the declared schema (topics, migrations, indexes, connectors, keys), one line each. */
  readonly drift: (signal: AbortSignal) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}
