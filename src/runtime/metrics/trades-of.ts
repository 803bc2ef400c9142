/**
 * Pairs fills into round trips, first in first out, per product.
 * A fill that closes more than one entry, or a part of one, makes one trade per pairing; a fill through zero closes
 * what is open and enters with the rest. Fees are split by quantity.
 * Invariant: profits of all trades, open ones included, add up to the change of equity.
 */
import { FILL, FILL_WIDTH } from '../engine/fill-log.ts';
import type { RunRecord } from '../engine/record.ts';
import type { Product } from '../market/product.ts';
import { LotQueue } from './lot-queue.ts';
import type { Trade } from './trades.ts';

type TradedRecord = Pick<RunRecord, 'fills' | 'products' | 'positions' | 'endTime' | 'steps'>;

/** Where a trade ends: at a fill, or at the end of the run. */
interface Exit {
  readonly price: number;
  readonly feePerUnit: number;
  readonly time: number;
  readonly step: number;
  readonly open: boolean;
}

/** Sums of quantities carry rounding: less than this share of what is involved counts as nothing. */
const DUST = 1e-12;

/** In order of exit, open ones last. An open position is marked to its last price. */
export function tradesOf(record: TradedRecord): Trade[] {
  const trades: Trade[] = [];
  const queues = record.products.map(() => new LotQueue());
  for (const fills of record.fills) {
    for (let at = 0; at < fills.length; at += FILL_WIDTH) {
      const product = fills[at + FILL.product]!;
      applyFill(fills, at, queues[product]!, record.products[product]!, trades);
    }
  }
  queues.forEach((queue, product) => {
    const price = record.positions[product]!.lastPrice;
    const exit = { price, feePerUnit: 0, time: record.endTime, step: record.steps - 1, open: true };
    close(queue, Number.POSITIVE_INFINITY, exit, 0, record.products[product]!, trades);
  });
  return trades;
}

function applyFill(fills: Float64Array, at: number, queue: LotQueue, product: Product, trades: Trade[]): void {
  const signed = fills[at + FILL.quantity]!;
  const quantity = Math.abs(signed);
  const side = signed > 0 ? 1 : -1;
  const price = fills[at + FILL.price]!;
  const feePerUnit = fills[at + FILL.fee]! / quantity;
  const time = fills[at + FILL.time]!;
  const step = fills[at + FILL.step]!;
  const dust = DUST * (quantity + queue.open);
  const exit = { price, feePerUnit, time, step, open: false };
  const rest = side === queue.side ? quantity : close(queue, quantity, exit, dust, product, trades);
  if (rest <= dust) return;
  queue.side = side;
  queue.push(rest, price, feePerUnit, time, step);
}

/** Closes up to `quantity`, oldest entries first; returns what found nothing to close. */
function close(queue: LotQueue, quantity: number, exit: Exit, dust: number, product: Product, trades: Trade[]): number {
  let rest = quantity;
  while (rest > dust && !queue.isEmpty) {
    const taken = Math.min(rest, queue.quantity[queue.head]!);
    trades.push(roundTrip(queue, taken, exit, product));
    queue.take(taken, dust);
    rest -= taken;
  }
  return rest;
}

function roundTrip(queue: LotQueue, quantity: number, exit: Exit, { id, multiplier }: Product): Trade {
  const at = queue.head;
  const entryPrice = queue.price[at]!;
  const fees = (queue.feePerUnit[at]! + exit.feePerUnit) * quantity;
  const pnl = (exit.price - entryPrice) * queue.side * quantity * multiplier - fees;
  return {
    product: id,
    side: queue.side > 0 ? 'long' : 'short',
    quantity,
    entryTime: queue.time[at]!,
    exitTime: exit.time,
    entryPrice,
    exitPrice: exit.price,
    fees,
    pnl,
    returnRatio: pnl / (entryPrice * quantity * multiplier),
    bars: exit.step - queue.step[at]!,
    open: exit.open,
  };
}
