/**
 * PostgreSQL as a process: one server on loopback, without a Unix socket, sized for development. Works with versions
 * 15 to 18. It is durable: a commit is on the disk. All settings are arguments, so that nothing in the data folder
 * goes stale.
 */
import { dirname, join } from 'node:path';
import { assert } from '../../../../runtime/base/assert.ts';
import { dataDir } from '../../cluster-folder.ts';
import type { Install, ProgramInstall } from '../../fetch/install.ts';
import type { NativeEngine } from '../native-engine.ts';
import { type Identity, ordinaryUser } from './as-ordinary-user.ts';
import { checkDataVersion, makePostgresData } from './postgres-data.ts';
import { clearLeftovers } from './postgres-leftovers.ts';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '32MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  // No replicas: three processes less.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One forgotten transaction holds back every reader that waits for a stable snapshot.
  idle_in_transaction_session_timeout: '30s',
} as const;

/** `identity` is an argument, so that each way of not being root can be tried. */
export const postgresEngineAs = (identity: () => Identity): NativeEngine => ({
  name: 'postgres',

  async prepare(facts, install, signal) {
    const data = dataDir(facts.dir, 'postgres');
    const initdb = join(dirname(programOf(install)), 'initdb');
    await makePostgresData({ dataDir: data, initdb, password: facts.secrets.postgres, identity: identity() }, signal);
    await checkDataVersion(data, install.version);
    await clearLeftovers(data);
  },

  launch(facts, install) {
    const settings = { ...SETTINGS, port: String(facts.ports.postgres) };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [...identity().prefix, programOf(install), '-D', dataDir(facts.dir, 'postgres'), ...flags];
    const [program = '', ...args] = command;
    return { program, args };
  },

  stopGraceMs: 10_000,
  /** Ends sessions, rolls back what is open, writes a checkpoint. */
  stopSignal: 'SIGINT',
});

export const postgresEngine = postgresEngineAs(ordinaryUser);

function programOf(install: Install): ProgramInstall['program'] {
  assert(install.kind === 'program', 'PostgreSQL is a program');
  return install.program;
}
