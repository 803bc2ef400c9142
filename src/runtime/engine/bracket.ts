/** The protective orders of a bracket: made when their parent first fills, enlarged when it fills more. */
import type { StopLoss, TakeProfit } from '../sdk/orders.ts';
import { type Side, toTick } from './costs.ts';
import type { Journal } from './journal.ts';
import { OpenOrder, type OrderGroup, type OrderTerms } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { distancesOf } from './order-checks.ts';

/** Sides that are this many times above or below the market are counted. */
const FAR = 10;

/** What a bracket protects: an order, or a target that filled whole. */
export type Protected = Pick<OpenOrder, 'id' | 'market' | 'side' | 'stopLoss' | 'takeProfit'>;

/**
 * Protects what a fill of `quantity` opened: not the part that closed an opposite position. The children are live from
 * now on. `price` is what the parent paid, `raw` where the market stood: slippage moves the one, not the other.
 */
export function activateBracket(
  book: OrderBook,
  journal: Journal,
  parent: Protected,
  quantity: number,
  price: number,
  raw: number,
  time: number,
): void {
  if (parent.stopLoss === undefined && parent.takeProfit === undefined) return;
  const held = parent.market.quantity;
  if (held * quantity <= 0) return;
  const opened = Math.abs(quantity) < Math.abs(held) ? quantity : held;
  const children = book.orders.filter(order => order.parent === parent.id && order.state === 'open');
  for (const child of children) child.quantity -= opened;
  if (children.length > 0) {
    book.touch();
    return;
  }
  const group: OrderGroup = { members: [], shrink: true };
  const { market } = parent;
  const { bars, clock } = market;
  // After an entry at the close, the next open is the first that the sides meet.
  const isAtClose = time > bars.time[clock.index]!;
  const liveFrom = isAtClose ? clock.index + 1 : clock.index;
  const isPastEntry = parent.side * (bars.open[clock.index]! - raw) > 0;
  const protect = (terms: OrderTerms): OpenOrder => {
    const child = new OpenOrder({
      id: journal.nextId(),
      market,
      terms,
      quantity: -opened,
      submitted: time,
      liveFrom,
      parent: parent.id,
      isPastEntry,
      isReached: isReached(terms, parent.side, raw),
    });
    if (isFar(terms, raw)) journal.farSides++;
    child.group = group;
    group.members.push(child);
    book.add(child);
    return child;
  };
  // A market that has closed hits no stop: the next open decides, so the stop waits for it where it was asked for.
  const reach = isAtClose ? parent.side * Number.POSITIVE_INFINITY : raw;
  // The stop comes first: among two sides that one bar reaches, the worse one fills.
  if (parent.stopLoss !== undefined) {
    const stop = protect(stopTerms(parent, parent.stopLoss, price, reach));
    if (stop.kind === 'trailing-stop') stop.follow(raw);
  }
  if (parent.takeProfit !== undefined) protect({ kind: 'limit', limit: targetPrice(parent, parent.takeProfit, price) });
}

/** `reach` is where the market stands. */
function stopTerms({ side, market }: Protected, stopLoss: StopLoss, price: number, reach: number): OrderTerms {
  const { trail, offset = Number.NaN } = distancesOf(stopLoss);
  if (trail !== undefined) return { kind: 'trailing-stop', trail: { amount: trail, fraction: Number.NaN } };
  const level = typeof stopLoss === 'object' ? price - side * offset : stopLoss;
  // A stop beyond the market is hit at once, where the market stands and not at a better price.
  const reachable = side > 0 ? Math.min(level, reach) : Math.max(level, reach);
  return { kind: 'stop', stop: toTick(reachable, side > 0 ? -1 : 1, market.product.tick) };
}

/** Whether a side is hardly meant as a price where the market stands at `raw`: 0.05, where 5 % was thought of. */
function isFar({ stop, limit }: OrderTerms, raw: number): boolean {
  const level = stop ?? limit ?? raw;
  return level * FAR < raw || level > raw * FAR;
}

/** Whether a market at `raw` is at the price of a parent's side already, or past it. */
function isReached({ stop = Number.NaN, limit = Number.NaN }: OrderTerms, side: Side, raw: number): boolean {
  return side * (stop - raw) >= 0 || side * (limit - raw) <= 0;
}

function targetPrice({ side, market }: Protected, takeProfit: TakeProfit, price: number): number {
  const level = typeof takeProfit === 'object' ? price + side * takeProfit.offset : takeProfit;
  return toTick(level, side, market.product.tick);
}
