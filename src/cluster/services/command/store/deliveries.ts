/** Deliveries that were not heard yet. */
import type { Queries } from '../../../ports/sql.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { DueTimes } from '../due.ts';
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
export const CLAIM_MS = 15_000;

/** Host and port of an address, without name and password; and whose it is: a key's, or the cluster's own. */
const TARGET = "lower(substring(url from '^[^:]*://(?:[^/?#]*@)?([^/?#]*)'))";
const OWNER = "CASE kind WHEN 'webhook' THEN '' ELSE coalesce(key_id, '') END";

/**
 * Of what is due, so many for each owner, and to each of his targets: those that never failed first, and of the targets
 * one after the other. No owner waits for another one's. `$3`: targets and owners of those that are on their way.
 */
const CLAIM = `
  WITH going AS (SELECT target, owner FROM jsonb_to_recordset($3::jsonb) AS rows(target text, owner text)),
    due AS (
      SELECT delivery_id, next_ms, retries, ${TARGET} AS target, ${OWNER} AS owner
      FROM gobool.deliveries WHERE next_ms <= $1 OR next_ms > $6
    ),
    of_targets AS (
      SELECT *, row_number() OVER (PARTITION BY owner, target ORDER BY retries, next_ms)
        + (SELECT count(*) FROM going WHERE going.owner = due.owner AND going.target = due.target) AS place
      FROM due
    ),
    of_owners AS (
      SELECT *, row_number() OVER (PARTITION BY owner ORDER BY retries, place, next_ms)
        + (SELECT count(*) FROM going WHERE going.owner = of_targets.owner) AS rank
      FROM of_targets WHERE place <= $4
    ),
    chosen AS (
      SELECT delivery_id FROM of_owners WHERE rank <= $5 ORDER BY rank, next_ms LIMIT $2
    )
  UPDATE gobool.deliveries SET attempts = attempts + 1, next_ms = $1::bigint + ${CLAIM_MS}
  WHERE delivery_id IN (
    SELECT delivery_id FROM gobool.deliveries JOIN chosen USING (delivery_id)
    WHERE next_ms <= $1 OR next_ms > $6
    FOR UPDATE OF deliveries SKIP LOCKED
  )
  RETURNING ${selectList(DELIVERIES)}, ${TARGET} AS target, ${OWNER} AS owner`;

export interface ClaimedDelivery extends Delivery {
  readonly target: string;
  /** Id of a key; empty: the cluster's own. */
  readonly owner: string;
}

/** How many may be on their way: altogether, of one owner, of one owner to one target. */
export interface DeliveryLimits {
  readonly atOnce: number;
  readonly ofOwner: number;
  readonly toTarget: number;
}

export async function saveDeliveries(queries: Queries, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await queries.query(`${insertFrom(DELIVERIES, '$1')} ON CONFLICT DO NOTHING`, [JSON.stringify(deliveries)]);
}

/** Those whose time has come and that nobody else is at, beside those that are on their way; this counts as a try. */
export async function claimDeliveries(
  queries: Queries,
  going: readonly ClaimedDelivery[],
  { atOnce, ofOwner, toTarget }: DeliveryLimits,
  { nowMs, neverMs }: DueTimes,
): Promise<readonly ClaimedDelivery[]> {
  const room = atOnce - going.length;
  if (room <= 0) return [];
  const busy = JSON.stringify(going.map(({ target, owner }) => ({ target, owner })));
  return await queries.query<ClaimedDelivery>(CLAIM, [nowMs, room, busy, toTarget, ofOwner, neverMs]);
}

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
