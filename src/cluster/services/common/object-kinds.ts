/**
 * How services read what others keep in etcd. An object of an unknown shape is read as undefined instead of throwing:
 * one that a newer service wrote must not end the watch of an older one.
 */
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { TASK_PARTITIONS } from '../../contracts/cluster-objects.ts';
import type { ObjectKind } from '../../ports/objects.ts';
import { ETCD_KEYS } from '../../schema/etcd-layout.ts';

const kindOf = <S extends TSchema>(prefix: string, schema: S): ObjectKind<Static<S> | undefined> => ({
  prefix,
  parse: value => (Value.Check(schema, value) ? value : undefined),
});

/** `<name>/<incarnation>` -> `ServiceEndpoint` */
export const SERVICE_ENDPOINTS = kindOf(
  ETCD_KEYS.services,
  Type.Object({ url: Type.String(), pid: Type.Integer({ minimum: 1 }) }),
);

/** `<worker id>` -> `WorkerOffer` */
export const WORKER_OFFERS = kindOf(
  ETCD_KEYS.workers,
  Type.Object({
    workerId: Type.String(),
    partition: Type.Integer({ minimum: 0, maximum: TASK_PARTITIONS - 1 }),
    slot: Type.Integer({ minimum: 0 }),
    free: Type.Boolean(),
    pid: Type.Integer({ minimum: 1 }),
    cpu: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    host: Type.String(),
    taskId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
);

const Scope = Type.Union([Type.Literal('submit'), Type.Literal('read'), Type.Literal('admin')]);

/** `<key id>` -> `ApiKey` */
export const API_KEYS = kindOf(
  ETCD_KEYS.keys,
  Type.Object({
    hmac: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    name: Type.String(),
    scopes: Type.Array(Scope),
    createdMs: Type.Integer(),
    expiresMs: Type.Union([Type.Integer(), Type.Null()]),
  }),
);

/** `api` -> text */
export const SECRETS = kindOf(ETCD_KEYS.secrets, Type.String({ minLength: 32 }));
