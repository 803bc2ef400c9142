/**
 * What a service is told when it starts: addresses and secrets, in a file of mode 0600 that its first argument names.
 */
import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../../runtime/base/error.ts';
import { CallbackUrl } from '../../contracts/fields.ts';

/** What becomes of a case of the error hospital. */
const Policy = Type.Object({
  /** Pauses before it is tried again by itself; absent: 1 s, 5 s, 30 s. Milliseconds. */
  retryMs: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 86_400_000 }), { maxItems: 20 })),
  /** When all that failed: it waits for a person, who is told of it (`notify`) or is not; or it is given up. */
  finally: Type.Union([Type.Literal('person'), Type.Literal('notify'), Type.Literal('ignore')]),
});

/** From this value on a metric is worth a warning, or is an error; of a counter, so many in a minute. */
const Threshold = Type.Object({ warning: Type.Optional(Type.Number()), error: Type.Optional(Type.Number()) });
export type Threshold = Static<typeof Threshold>;

/** What the project's configuration says. */
const ProjectSettings = Type.Object({
  /** By code of the error; `*`: all others. */
  policies: Type.Optional(Type.Record(Type.String({ pattern: '^(GB_[A-Z0-9_]+|\\*)$' }), Policy)),
  /** Told by a POST of cases that somebody wants to know of, and of alerts. */
  webhook: Type.Optional(CallbackUrl),
  /** By name of the metric. */
  thresholds: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z_]+$' }), Threshold)),
  /** So many tasks of one API key may wait or run at once. */
  pendingTasks: Type.Optional(Type.Integer({ minimum: 1 })),
});
export type ProjectSettings = Static<typeof ProjectSettings>;

const ServiceSettings = Type.Object({
  clusterId: Type.String(),
  /** `host:port` of the broker, and of etcd. */
  kafka: Type.String(),
  etcd: Type.String(),
  postgres: Type.Object({
    host: Type.String(),
    port: Type.Integer(),
    user: Type.String(),
    password: Type.String(),
    database: Type.String(),
  }),
  mongodb: Type.Object({
    host: Type.String(),
    port: Type.Integer(),
    login: Type.Object({ name: Type.String(), password: Type.String() }),
  }),
  /** Loopback port of its own HTTP server; 0: any free one. */
  port: Type.Integer({ minimum: 0, maximum: 65_535 }),
  /** Where it may keep what can be had again: artifacts by hash. */
  cacheDir: Type.String(),
  /** Of the gateway: what was asked of it is appended here. */
  auditFile: Type.Optional(Type.String()),
  ...ProjectSettings.properties,
});
export type ServiceSettings = Static<typeof ServiceSettings>;

/** Throws `GB_SERVICE_SETTINGS`. */
export function readServiceSettings(file: string): ServiceSettings {
  const settings: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (Value.Check(ServiceSettings, settings)) return settings;
  const problems = Value.Errors(ServiceSettings, settings).map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  );
  throw new GoboolError('GB_SERVICE_SETTINGS', `${file} does not hold the settings of a service.`, { problems });
}
