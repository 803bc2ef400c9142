/**
 * What a service is told when it starts: addresses and secrets, in a file of mode 0600 that its first argument names.
 */
import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../../runtime/base/error.ts';

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
