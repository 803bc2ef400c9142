/**
 * Pairs fills into round trips, first in first out, per product.
 * A fill that closes more than one entry, or a part of one, makes one trade per pairing; a fill through zero closes
 * what is open and enters with the rest. Fees are split by quantity. Quantities and prices of a trade are in the units
 * of its exit: a split on the way changes its entry.
 * Invariant: profits of all trades, open ones included, and cash that was booked without a fill add up to the change of
 * equity.
 */
import { FILL, FILL_WIDTH } from '../engine/fill-log.ts';
import type { RunRecord } from '../engine/record.ts';
import { type Bars, firstClosingAfter } from '../market/bars.ts';
import type { Product } from '../market/product.ts';
import { type SplitSeen, splitsOf } from './cash-flows.ts';
import { Excursions, positionOfFill } from './excursions.ts';
import { LotQueue } from './lot-queue.ts';
import type { Trade } from './trades.ts';

/** Without `cash` nothing was split. */
type TradedRecord = Partial<Pick<RunRecord, 'cash'>> &
  Pick<RunRecord, 'fills' | 'products' | 'positions' | 'endTime' | 'steps'>;

/** What is open of one product, and what its price did meanwhile. */
interface Book {
  readonly product: Product;
  readonly queue: LotQueue;
  readonly excursions: Excursions;
}

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

/**
 * In order of exit, open ones last. An open position is marked to its last price. `bars`: per product, those that fill
 * its orders.
 */
export function tradesOf(record: TradedRecord, bars: readonly Bars[]): Trade[] {
  const trades: Trade[] = [];
  const books = record.products.map((product, index) => {
    return { product, queue: new LotQueue(), excursions: new Excursions(bars[index]!) };
  });
  const splits = splitsOf(record.cash ?? []);
  for (const fills of record.fills) {
    for (let at = 0; at < fills.length; at += FILL_WIDTH) {
      while (splits.length > 0 && splits[0]!.step <= fills[at + FILL.step]!) applySplit(books, splits.shift()!);
      applyFill(fills, at, books[fills[at + FILL.product]!]!, trades);
    }
  }
  for (const split of splits) applySplit(books, split);
  books.forEach((book, index) => {
    if (book.queue.isEmpty) return;
    const price = record.positions[index]!.lastPrice;
    const exit = { price, feePerUnit: 0, time: record.endTime, step: record.steps - 1, open: true };
    book.excursions.reach(firstClosingAfter(bars[index]!, record.endTime));
    close(book, Number.POSITIVE_INFINITY, exit, 0, trades);
  });
  return trades;
}

function applySplit(books: readonly Book[], { product, time, ratio }: SplitSeen): void {
  const { queue, excursions } = books[product]!;
  if (queue.isEmpty) return;
  excursions.split(firstClosingAfter(excursions.bars, time), ratio);
  queue.split(ratio);
}

function applyFill(fills: Float64Array, at: number, book: Book, trades: Trade[]): void {
  const { queue, excursions, product } = book;
  const signed = fills[at + FILL.quantity]!;
  const quantity = Math.abs(signed);
  const side = signed > 0 ? 1 : -1;
  const price = fills[at + FILL.price]!;
  const feePerUnit = fills[at + FILL.fee]! / quantity;
  const time = fills[at + FILL.time]!;
  const step = fills[at + FILL.step]!;
  const position = positionOfFill(excursions.bars, fills, at, product.multiplier);
  if (queue.isEmpty) excursions.restart(position);
  else excursions.reach(position);
  const dust = DUST * (quantity + queue.open);
  const exit = { price, feePerUnit, time, step, open: false };
  const rest = side === queue.side ? quantity : close(book, quantity, exit, dust, trades);
  if (rest <= dust) return;
  if (queue.isEmpty) excursions.restart(position);
  queue.side = side;
  queue.push(rest, price, feePerUnit, time, step, position);
}

/** Closes up to `quantity`, oldest entries first; returns what found nothing to close. */
function close(book: Book, quantity: number, exit: Exit, dust: number, trades: Trade[]): number {
  const { queue } = book;
  let rest = quantity;
  while (rest > dust && !queue.isEmpty) {
    const taken = Math.min(rest, queue.quantity[queue.head]!);
    trades.push(roundTrip(book, taken, exit));
    queue.take(taken, dust);
    rest -= taken;
  }
  return rest;
}

function roundTrip({ queue, excursions, product }: Book, quantity: number, exit: Exit): Trade {
  const { id, multiplier } = product;
  const at = queue.head;
  const entryPrice = queue.price[at]!;
  const fees = (queue.feePerUnit[at]! + exit.feePerUnit) * quantity;
  const pnl = (exit.price - entryPrice) * queue.side * quantity * multiplier - fees;
  const fall = 1 - Math.min(exit.price, excursions.lowestSince(queue.position[at]!)) / entryPrice;
  const rise = Math.max(exit.price, excursions.highestSince(queue.position[at]!)) / entryPrice - 1;
  const isLong = queue.side > 0;
  return {
    product: id,
    side: isLong ? 'long' : 'short',
    quantity,
    entryTime: queue.time[at]!,
    exitTime: exit.time,
    entryPrice,
    exitPrice: exit.price,
    fees,
    pnl,
    returnRatio: pnl / (entryPrice * quantity * multiplier),
    entryStep: queue.step[at]!,
    bars: exit.step - queue.step[at]!,
    mae: Math.max(0, isLong ? fall : rise),
    mfe: Math.max(0, isLong ? rise : fall),
    open: exit.open,
  };
}
