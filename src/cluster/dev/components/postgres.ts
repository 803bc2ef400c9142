/**
 * PostgreSQL as part of the local cluster. It answers when its postmaster does and a kept connection, to the database
 * that always exists, does too; it works when a row that one connection committed is read by another.
 */
import { migrate, migrationPlan } from '../../adapters/postgres/migrate.ts';
import { type PostgresAddress, postgresSql } from '../../adapters/postgres/postgres-sql.ts';
import { serverAnswers } from '../../adapters/postgres/server-answers.ts';
import type { Sql } from '../../ports/sql.ts';
import { MIGRATIONS } from '../../schema/migrations/index.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';

const HOST = '127.0.0.1';
/** User and database of gobool; PostgreSQL's own database is there from the beginning. */
const NAME = 'gobool';

const coded = codedBy('GB_PROBE_POSTGRES', 'PostgreSQL');

export const postgresComponent: Component = { name: 'postgres', after: [], needs: [], open };

/** A check has 1.5 s. */
const CHECK_LIMITS = { connections: 1, statementTimeoutMs: 1_000, connectTimeoutMs: 1_500 };
const ONE = { connections: 1 };

function open({ ports, secrets }: ClusterFacts): ComponentClient {
  const address = { host: HOST, port: ports.postgres, user: NAME, password: secrets.postgres };
  const server = { ...address, database: 'postgres' };
  const checker = postgresSql(server, CHECK_LIMITS);
  const writer = postgresSql({ ...address, database: NAME }, ONE);
  const reader = postgresSql({ ...address, database: NAME }, ONE);
  return {
    check: signal =>
      coded(signal, async () => {
        await serverAnswers(HOST, ports.postgres, signal);
        await checker.query('SELECT 1');
      }),
    initialise: signal =>
      coded(signal, async () => {
        await createDatabase(server);
        await migrate(writer, MIGRATIONS, signal);
      }),
    probe: signal => coded(signal, () => probe(writer, reader)),
    drift: signal => coded(signal, () => drift(reader)),
    close: async () => {
      await Promise.all([checker, writer, reader].map(sql => sql.close()));
    },
  };
}

async function createDatabase(server: PostgresAddress): Promise<void> {
  const sql = postgresSql(server, ONE);
  try {
    const [database] = await sql.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (!database) await sql.query(`CREATE DATABASE ${NAME}`);
  } finally {
    await sql.close();
  }
}

async function probe(writer: Sql, reader: Sql): Promise<string> {
  const startMs = performance.now();
  const [written] = await writer.query<ProbeRow>('INSERT INTO gobool.probes DEFAULT VALUES RETURNING id');
  const id = written?.id ?? null;
  const [read] = await reader.query<ProbeRow>('DELETE FROM gobool.probes WHERE id = $1 RETURNING id', [id]);
  if (read === undefined) throw new Error('a committed row was not seen by another connection.');
  return `row committed and read by another connection in ${Math.round(performance.now() - startMs)} ms`;
}

interface ProbeRow {
  readonly id: string;
}

async function drift(sql: Sql): Promise<readonly string[]> {
  const { missing, problems } = await migrationPlan(sql, MIGRATIONS);
  return [...missing.map(({ name }) => `migration ${name} is not applied`), ...problems];
}
