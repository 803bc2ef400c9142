import { END_REASONS, ORDER, ORDER_STATES, ORDER_WIDTH } from '../engine/order-log.ts';

const REJECTED = ORDER_STATES.indexOf('rejected');

/** Rejected orders by reason, from order rows. */
export function rejectionsOf(orders: readonly Float64Array[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const rows of orders) {
    for (let at = 0; at < rows.length; at += ORDER_WIDTH) {
      if (rows[at + ORDER.state] !== REJECTED) continue;
      const reason = END_REASONS[rows[at + ORDER.reason]!]!;
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
  }
  return counts;
}
