/** What is fixed for the life of one local cluster: its identity, its ports, its secrets. */

/** Loopback TCP ports. One record for all, so that two clusters never share one. */
export interface Ports {
  readonly kafka: number;
  readonly kafkaController: number;
  readonly connect: number;
  /** Health of the Streams app, HTTP. */
  readonly streams: number;
  readonly mongodb: number;
  readonly postgres: number;
  readonly etcd: number;
  readonly etcdPeer: number;
  /** HTTP of gobool's services; that of the gateway is the cluster's door, the others only say how they are. */
  readonly gateway: number;
  readonly command: number;
  readonly worker: number;
  readonly join: number;
}

/** Away from the engines' own ports, which a developer may already use, and below the range of outgoing connections. */
export const DEFAULT_PORTS: Ports = {
  kafka: 29092,
  kafkaController: 29093,
  connect: 28083,
  streams: 28084,
  mongodb: 28017,
  postgres: 25432,
  etcd: 22379,
  etcdPeer: 22380,
  gateway: 28080,
  command: 28086,
  worker: 28087,
  join: 28088,
};

/**
 * Passwords, 32 url-safe characters each. In a file of mode 0600; never on a command line, in an environment or a
 * log.
 */
export interface Secrets {
  /** PostgreSQL, user `gobool`, owner of the database `gobool`. */
  readonly postgres: string;
  /** MongoDB, user `admin`, role root on admin. */
  readonly mongodbAdmin: string;
  /** MongoDB, user `gobool`, what services and probes use. */
  readonly mongodbApp: string;
  /** MongoDB, user `connect`, may only write the sink's database. */
  readonly mongodbConnect: string;
  /** Content of mongod's key file. */
  readonly mongodbKey: string;
}

export interface ClusterFacts {
  /** `c-` and 12 hex digits, made once; the value of `GOBOOL_CLUSTER_ID` in every process of the cluster. */
  readonly id: string;
  /** `default`, or what `--name` says. */
  readonly name: string;
  /** Absolute path of `.gobool/cluster/<name>`. */
  readonly dir: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  /**
   * Addresses under which the components see each other, `host:port`; natively loopback, in Docker the network's
   * names.
   */
  readonly inside: { readonly kafka: string; readonly mongodb: string };
}

/** The environment variable by which a cluster's processes are found. */
export const CLUSTER_ID_VARIABLE = 'GOBOOL_CLUSTER_ID';
