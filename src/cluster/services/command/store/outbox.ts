/**
 * Messages on their way to the log: written with what they tell of, sent afterwards, in order, and deleted once it has
 * them.
 */
import type { Static, TSchema } from 'typebox';
import { encodeMessage, type MessageContract } from '../../../contracts/define-message.ts';
import type { Bus } from '../../../ports/bus.ts';
import type { Queries, Sql } from '../../../ports/sql.ts';
import { crashPoint } from '../../common/crash-point.ts';
import { type Cause, causeHeaders } from '../../common/trace.ts';
import { insertFrom } from './table.ts';
import { OUTBOX, type OutboxRow } from './tables.ts';

/** The channel of PostgreSQL on which every change is told. */
export const CHANGED = 'gobool_changed';

/** Any number, the same for all replicas. */
const SENDER_LOCK = 577_215_664;
const ROWS_AT_ONCE = 500;

export interface Address {
  readonly key: string;
  readonly cause: Cause;
  readonly partition?: number;
}

export function outboxRow<S extends TSchema>(
  contract: MessageContract<S>,
  message: Static<S>,
  { key, cause, partition }: Address,
): OutboxRow {
  const headers = { type: contract.type, ...causeHeaders(cause) };
  const value = encodeMessage(contract, message);
  return { topic: contract.topic, key, partition: partition ?? null, headers, value };
}

/** Also tells senders and dispatchers that something changed. */
export async function post(queries: Queries, rows: readonly OutboxRow[]): Promise<void> {
  const text = `WITH posted AS (${insertFrom(OUTBOX, '$1')}) SELECT pg_notify('${CHANGED}', '')`;
  await queries.query(text, [JSON.stringify(rows)]);
}

type Posted = OutboxRow & { readonly id: number };

const TAKE = `
  DELETE FROM gobool.outbox WHERE id IN (SELECT id FROM gobool.outbox ORDER BY id LIMIT ${ROWS_AT_ONCE})
  RETURNING id::float8 AS id, topic, key, partition, headers, value`;

/**
 * Resolves to how many were sent; 0 also where another replica is at it, which holds a lock for as long as its
 * transaction lives. A message may be sent twice, never out of order.
 */
export async function sendPosted(sql: Sql, bus: Bus): Promise<number> {
  const [some] = await sql.query('SELECT 1 FROM gobool.outbox ORDER BY id LIMIT 1');
  if (some === undefined) return 0;
  return await sql.transaction(async queries => {
    const [lock] = await queries.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${SENDER_LOCK}) AS mine`);
    if (!lock?.mine) return 0;
    const rows = await queries.query<Posted>(TAKE);
    crashPoint('command.before_send');
    await publish(
      bus,
      rows.toSorted((a, b) => a.id - b.id),
    );
    crashPoint('command.after_send');
    return rows.length;
  });
}

async function publish(bus: Bus, rows: readonly Posted[]): Promise<void> {
  const byTopic = Map.groupBy(rows, ({ topic }) => topic);
  await Promise.all([...byTopic].map(([topic, posted]) => bus.publish(topic, posted.map(toMessage))));
}

const toMessage = ({ key, value, headers, partition }: Posted) => ({
  key,
  value,
  headers,
  ...(partition !== null && { partition }),
});
