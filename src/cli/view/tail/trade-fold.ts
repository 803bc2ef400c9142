/**
 * Fills as they arrive, paired into round trips, first in first out, as a result pairs them (`metrics/trades-of.ts`).
 * Limitation: costs, multipliers and splits are left to the result; here a trade is what its prices say.
 */
import { FILL, FILL_WIDTH } from '../../../runtime/engine/fill-log.ts';
import { LotQueue } from '../../../runtime/metrics/lot-queue.ts';
import { Ring } from './ring.ts';

export interface SeenTrade {
  /** Index among the run's products. */
  readonly product: number;
  readonly side: 'long' | 'short';
  readonly quantity: number;
  /** Epoch milliseconds. */
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Of the price, for the side that was held: 0.01 is a gain of one percent. */
  readonly change: number;
}

const KEPT = 200;
/** Less than this share of a quantity is rounding. */
const DUST = 1e-12;

export class TradeFold {
  readonly trades = new Ring<SeenTrade>(KEPT);
  fills = 0;
  readonly #queues = new Map<number, LotQueue>();

  /** Rows of `fill-log.ts`. */
  add(fills: Float64Array): void {
    for (let at = 0; at < fills.length; at += FILL_WIDTH) this.#addFill(fills.subarray(at, at + FILL_WIDTH));
  }

  #addFill(fill: Float64Array): void {
    const read = (field: keyof typeof FILL): number => fill[FILL[field]] ?? Number.NaN;
    const product = read('product');
    const queue = this.#queues.get(product) ?? new LotQueue();
    this.#queues.set(product, queue);
    this.fills++;
    const quantity = Math.abs(read('quantity'));
    const side = read('quantity') > 0 ? 1 : -1;
    const dust = DUST * (quantity + queue.open);
    let rest = quantity;
    while (side !== queue.side && !queue.isEmpty && rest > dust) {
      const taken = Math.min(rest, queue.quantity[queue.head] ?? 0);
      this.trades.push(
        roundTrip(queue, { product, quantity: taken, exitTime: read('time'), exitPrice: read('price') }),
      );
      queue.take(taken, dust);
      rest -= taken;
    }
    if (rest <= dust) return;
    queue.side = side;
    queue.push(rest, read('price'), 0, read('time'), read('step'), 0);
  }
}

type Exit = Pick<SeenTrade, 'product' | 'quantity' | 'exitTime' | 'exitPrice'>;

function roundTrip({ head, price, time, side }: LotQueue, exit: Exit): SeenTrade {
  const entryPrice = price[head] ?? Number.NaN;
  return {
    ...exit,
    side: side > 0 ? 'long' : 'short',
    entryTime: time[head] ?? Number.NaN,
    entryPrice,
    change: (exit.exitPrice / entryPrice - 1) * side,
  };
}
