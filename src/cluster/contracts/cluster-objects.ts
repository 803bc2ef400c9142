/** What services keep in etcd, under `/gobool/`, for each other. All but keys of the API are bound to a lease. */

/** `services/<name>/<incarnation>`: where a replica of a service answers. */
export interface ServiceEndpoint {
  readonly url: string;
  readonly pid: number;
}

/** `workers/<worker id>`: an idle worker's offer. It takes one task for each slot number. */
export interface WorkerOffer {
  readonly workerId: string;
  /** Of topic `tasks`; it holds the claim `partitions/<partition>` under the same lease. */
  readonly partition: number;
  /** Grows with every task; a task names the slot that it fills. */
  readonly slot: number;
  readonly free: boolean;
  readonly pid: number;
  /** The processor it is pinned to; null where it is not. */
  readonly cpu: number | null;
  readonly host: string;
  /** What it does; null while it is free. Workers of the first release do not say. */
  readonly taskId?: string | null;
}

/** `keys/<key id>`: an API key without its secret. */
export interface ApiKey {
  /** HMAC-SHA-256 of the secret, hex, under the cluster's own key (`secrets/api`). */
  readonly hmac: string;
  readonly name: string;
  readonly scopes: readonly ('submit' | 'read' | 'admin')[];
  readonly createdMs: number;
  readonly expiresMs: number | null;
}

/** Partitions of topic `tasks`: so many workers at once. */
export const TASK_PARTITIONS = 64;
