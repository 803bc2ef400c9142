/** Deliveries that were not heard yet. */
import type { Queries } from '../../../ports/sql.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { insertFrom, selectList, type Table } from './table.ts';

const DELIVERIES: Table<Delivery> = {
  name: 'gobool.deliveries',
  columns: {
    deliveryId: 'text',
    kind: 'text',
    url: 'text',
    headers: 'jsonb',
    body: 'text',
    runId: 'text',
    keyId: 'text',
    correlationId: 'text',
    attempts: 'integer',
    retries: 'integer',
    nextMs: 'bigint',
  },
};

/** For as long nobody else takes what somebody took; then he is dead. */
const CLAIM_MS = 15_000;

const CLAIM = `
  UPDATE gobool.deliveries SET attempts = attempts + 1, next_ms = $1::bigint + ${CLAIM_MS}
  WHERE delivery_id IN (
    SELECT delivery_id FROM gobool.deliveries WHERE next_ms <= $1 ORDER BY next_ms LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  RETURNING ${selectList(DELIVERIES)}`;

export async function saveDeliveries(queries: Queries, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await queries.query(`${insertFrom(DELIVERIES, '$1')} ON CONFLICT DO NOTHING`, [JSON.stringify(deliveries)]);
}

/** Those whose time has come and that nobody else is at; this counts as a try. */
export const claimDeliveries = (queries: Queries, limit: number, nowMs: number): Promise<readonly Delivery[]> =>
  queries.query<Delivery>(CLAIM, [nowMs, limit]);

/** It was not heard. `nextMs` null: a person decides. Resolves to false where somebody else took it since then. */
export async function postponeDelivery(
  queries: Queries,
  { deliveryId, attempts, retries }: Delivery,
  nextMs: number | null,
): Promise<boolean> {
  const text = `
    UPDATE gobool.deliveries SET next_ms = $3, retries = $4 WHERE delivery_id = $1 AND attempts = $2 RETURNING 1`;
  const rows = await queries.query(text, [deliveryId, attempts, nextMs, retries + 1]);
  return rows.length > 0;
}

/** A person wants it: as if it were new. */
export async function retryDelivery(queries: Queries, deliveryId: string, nowMs: number): Promise<void> {
  const text = 'UPDATE gobool.deliveries SET next_ms = $2, retries = 0 WHERE delivery_id = $1';
  await queries.query(text, [deliveryId, nowMs]);
}

/** It was heard, or nobody wants it any more. */
export async function discardDelivery(queries: Queries, deliveryId: string): Promise<void> {
  await queries.query('DELETE FROM gobool.deliveries WHERE delivery_id = $1', [deliveryId]);
}
