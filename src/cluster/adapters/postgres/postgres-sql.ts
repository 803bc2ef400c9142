/**
 * The port `Sql` on a pool of PostgreSQL connections. Every statement has a limit on the server, and a slightly longer
 * one here, for a server that stands still. A connection that failed is not used again.
 */
import { Pool, type PoolClient } from 'pg';
import { assert } from '../../../runtime/base/assert.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Queries, Sql, SqlValue } from '../../ports/sql.ts';
import { notifications } from './notifications.ts';
import { sqlError } from './sql-error.ts';

export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface PostgresLimits {
  readonly connections?: number;
  readonly statementTimeoutMs?: number;
  /** For a new connection, and for one of the pool where all are taken. */
  readonly connectTimeoutMs?: number;
}

const ANSWER_MARGIN_MS = 500;

/** Connects when it is first used. */
export function postgresSql(address: PostgresAddress, limits: PostgresLimits = {}): Sql {
  const { connections = 10, statementTimeoutMs = 10_000, connectTimeoutMs = 5_000 } = limits;
  const pool = new Pool({
    ...address,
    max: connections,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + ANSWER_MARGIN_MS,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  // Where a connection breaks, its query fails, and the pool drops it; nobody needs to hear of it a second time.
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return {
    query: (text, values) => queryOnce(pool, text, values),
    transaction: (work, signal) => transaction(pool, work, signal),
    notifications: (channel, signal) => notifications(address, channel, signal),
    close: () => pool.end(),
  };
}

const connect = (pool: Pool): Promise<PoolClient> => pool.connect().catch(throwCoded);

async function run(client: PoolClient, text: string, values?: readonly SqlValue[]) {
  // Without values several statements may stand in one text.
  const query = values === undefined ? { text } : { name: nameOf(text), text, values: [...values] };
  return await client.query(query).catch(throwCoded);
}

/** A connection plans a statement that has a name once. Texts are constants of the program: there are few. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `gobool_${names.size}`;
  names.set(text, name);
  return name;
}

const throwCoded = (error: unknown): never => {
  throw sqlError(error);
};

async function queryOnce<Row>(pool: Pool, text: string, values?: readonly SqlValue[]): Promise<readonly Row[]> {
  const client = await connect(pool);
  try {
    const { rows } = await run(client, text, values);
    client.release();
    return rows;
  } catch (error) {
    client.release(isLost(error));
    throw error;
  }
}

const isLost = (error: unknown) => error instanceof GoboolError && error.code === 'GB_SQL_UNAVAILABLE';

async function transaction<T>(pool: Pool, work: (queries: Queries) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const client = await connect(pool);
  // The server rolls back what a lost connection left open.
  const abort = () => void client.end().catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    const result = await perform(client, work).catch(error => {
      throw signal?.aborted ? signal.reason : error;
    });
    signal?.removeEventListener('abort', abort);
    signal?.throwIfAborted();
    await commit(client);
    client.release();
    return result;
  } catch (error) {
    signal?.removeEventListener('abort', abort);
    const isClean = !isLost(error) && (await rollBack(client));
    client.release(!isClean);
    throw error;
  }
}

async function perform<T>(client: PoolClient, work: (queries: Queries) => Promise<T>): Promise<T> {
  let isOpen = true;
  const queries: Queries = {
    async query(text, values) {
      assert(isOpen, 'a transaction is used only while its work runs');
      return (await run(client, text, values)).rows;
    },
  };
  await run(client, 'BEGIN');
  return await work(queries).finally(() => {
    isOpen = false;
  });
}

async function commit(client: PoolClient): Promise<void> {
  const { command } = await run(client, 'COMMIT');
  if (command === 'COMMIT') return;
  throw new GoboolError('GB_SQL_REFUSED', 'A statement of the transaction had failed, so that it was rolled back.');
}

const rollBack = (client: PoolClient): Promise<boolean> =>
  client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
