/** The protective orders of a bracket: made when their parent first fills, enlarged when it fills more. */
import { toTick } from './costs.ts';
import type { Journal } from './journal.ts';
import { OpenOrder, type OrderGroup, type OrderRequest } from './open-order.ts';
import type { OrderBook } from './order-book.ts';

/**
 * Protects what a fill of `quantity` opened: not the part that closed an opposite position. The children are live from now
 * on. `price` is what the parent paid, `raw` where the market stood: slippage moves the one, not the other.
 */
export function activateBracket(
  book: OrderBook,
  journal: Journal,
  parent: OpenOrder,
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
  const base = {
    market: parent.market,
    quantity: -opened,
    submitted: time,
    liveFrom: parent.market.clock.index,
    parent: parent.id,
  };
  // The stop comes first: among two sides that one bar reaches, the worse one fills.
  if (parent.stopLoss !== undefined) {
    const stop = new OpenOrder({ ...base, id: journal.nextId(), ...stopTerms(parent, price, raw) });
    if (stop.kind === 'trailing-stop') stop.follow(raw);
    join(book, group, stop);
  }
  if (parent.takeProfit !== undefined) {
    join(
      book,
      group,
      new OpenOrder({ ...base, id: journal.nextId(), kind: 'limit', limit: targetPrice(parent, price) }),
    );
  }
}

function join(book: OrderBook, group: OrderGroup, child: OpenOrder): void {
  child.group = group;
  group.members.push(child);
  book.add(child);
}

function stopTerms(parent: OpenOrder, price: number, raw: number): Pick<OrderRequest, 'kind' | 'stop' | 'trail'> {
  const { stopLoss, side, market } = parent;
  if (typeof stopLoss === 'object' && 'trail' in stopLoss) {
    return { kind: 'trailing-stop', trail: { amount: stopLoss.trail, fraction: Number.NaN } };
  }
  const level = typeof stopLoss === 'object' ? price - side * stopLoss.offset : stopLoss!;
  // A stop beyond the market is hit at once, where the market stands and not at a better price.
  const reachable = side > 0 ? Math.min(level, raw) : Math.max(level, raw);
  return { kind: 'stop', stop: toTick(reachable, side > 0 ? -1 : 1, market.product.tick) };
}

function targetPrice(parent: OpenOrder, price: number): number {
  const { takeProfit, side, market } = parent;
  const level = typeof takeProfit === 'object' ? price + side * takeProfit.offset : takeProfit!;
  return toTick(level, side, market.product.tick);
}
