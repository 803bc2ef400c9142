import { END_REASONS, ORDER, ORDER_STATES, ORDER_WIDTH } from '../engine/order-log.ts';

const REJECTED = ORDER_STATES.indexOf('rejected');

/** Rejected orders by reason, from order rows. */
export function rejectionsOf(orders: Float64Array): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let at = 0; at < orders.length; at += ORDER_WIDTH) {
    if (orders[at + ORDER.state] !== REJECTED) continue;
    const reason = END_REASONS[orders[at + ORDER.reason]!]!;
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
