/**
 * Brings a database to the declared schema, one transaction for each step. A lock of the database lets only one process
 * at a time do it; the others then find it done.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import type { Migration } from '../../schema/migrations/migration.ts';
import { type AppliedMigration, checksumOf, type MigrationPlan, planMigrations } from './plan-migrations.ts';

/** Any number, the same for everyone. */
const LOCK = 718_281_828;

const BOOKKEEPING = `
  CREATE SCHEMA IF NOT EXISTS gobool;
  CREATE TABLE IF NOT EXISTS gobool.migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  );
`;

/** Returns the names of the steps it applied. Throws `GB_SQL_SCHEMA`, and changes nothing, where the two disagree. */
export async function migrate(
  sql: Sql,
  migrations: readonly Migration[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await sql.transaction(queries => applyNext(queries, migrations), signal);
    if (name === undefined) return applied;
    applied.push(name);
  }
}

/** What `migrate` would do. */
export async function migrationPlan(queries: Queries, migrations: readonly Migration[]): Promise<MigrationPlan> {
  const [table] = await queries.query<{ oid: string | null }>(`SELECT to_regclass('gobool.migrations') AS oid`);
  return planMigrations(migrations, table?.oid ? await appliedMigrations(queries) : []);
}

async function applyNext(queries: Queries, migrations: readonly Migration[]): Promise<string | undefined> {
  await queries.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  await queries.query(BOOKKEEPING);
  const { missing, problems } = planMigrations(migrations, await appliedMigrations(queries));
  if (problems.length > 0) throw new GoboolError('GB_SQL_SCHEMA', 'The database has another schema.', { problems });
  const [next] = missing;
  if (!next) return undefined;
  await queries.query(next.sql);
  await queries.query('INSERT INTO gobool.migrations (name, checksum) VALUES ($1, $2)', [next.name, checksumOf(next)]);
  return next.name;
}

const appliedMigrations = (queries: Queries) =>
  queries.query<AppliedMigration>('SELECT name, checksum FROM gobool.migrations ORDER BY name');
