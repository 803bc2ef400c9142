/** What is due at one moment of a step: orders at their prices, pending targets, and who of them goes first. */
import type { Market } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import { priceAtClose, priceAtOpen } from './price-rules.ts';

/** Something that fills at the present moment: an order at a price, or a market's pending target. */
export interface Due {
  readonly market: Market;
  readonly order: OpenOrder | undefined;
  readonly price: number;
  /** Among equals the lower goes first: the order's id. */
  rank: number;
  reduces: boolean;
  /** Whether a resting limit fills. */
  readonly maker: boolean;
}

export function isTargetDue({ target, clock }: Market): boolean {
  return target.isPending && clock.isNew && clock.index >= target.liveFrom;
}

export function priceAtOpenOf(order: OpenOrder): number {
  return priceAtOpen(order, order.market.bars, order.market.clock.index);
}

export function priceAtCloseOf(order: OpenOrder): number {
  return priceAtClose(order, order.market.bars, order.market.clock.index);
}

export function byPriority(a: Due, b: Due): number {
  return a.reduces === b.reduces ? a.rank - b.rank : a.reduces ? -1 : 1;
}
