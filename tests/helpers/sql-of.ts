/** A connection to the PostgreSQL of a cluster, closed after the test. */
import { onTestFinished } from 'vitest';
import { type PostgresLimits, postgresSql } from '../../src/cluster/adapters/postgres/postgres-sql.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import type { Sql } from '../../src/cluster/ports/sql.ts';

export function sqlOf(
  { ports, secrets }: ClusterFacts,
  { database = 'gobool', limits = {} }: { readonly database?: string; readonly limits?: PostgresLimits } = {},
): Sql {
  const address = { host: '127.0.0.1', port: ports.postgres, user: 'gobool', password: secrets.postgres, database };
  const sql = postgresSql(address, limits);
  onTestFinished(() => sql.close());
  return sql;
}
