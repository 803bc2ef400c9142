/** The protective orders of a bracket: made when their parent first fills, enlarged when it fills more. */
import { toTick } from './costs.ts';
import type { Journal } from './journal.ts';
import { OpenOrder, type OrderGroup, type OrderRequest } from './open-order.ts';
import type { OrderBook } from './order-book.ts';

/**
 * Protects what a fill of `quantity` opened: not the part that closed an opposite position. The children are live from
 * now on. `price` is what the parent paid, `raw` where the market stood: slippage moves the one, not the other.
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
    isPastEntry: parent.side * (parent.market.bars.open[parent.market.clock.index]! - raw) > 0,
  };
  // The stop comes first: among two sides that one bar reaches, the worse one fills.
  if (parent.stopLoss !== undefined) {
    join(book, group, stopOf(parent, { ...base, id: journal.nextId() }, price, raw));
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

function stopOf(parent: OpenOrder, base: Omit<OrderRequest, 'kind'>, price: number, raw: number): OpenOrder {
  const { stopLoss, side, market } = parent;
  if (typeof stopLoss === 'object' && 'trail' in stopLoss) {
    const trail = { amount: stopLoss.trail, fraction: Number.NaN };
    const trailing = new OpenOrder({ ...base, kind: 'trailing-stop', trail });
    trailing.follow(raw);
    return trailing;
  }
  const level = typeof stopLoss === 'object' ? price - side * stopLoss.offset : stopLoss!;
  // A stop beyond the market is hit at once, where the market stands and not at a better price.
  const reachable = side > 0 ? Math.min(level, raw) : Math.max(level, raw);
  return new OpenOrder({ ...base, kind: 'stop', stop: toTick(reachable, side > 0 ? -1 : 1, market.product.tick) });
}

function targetPrice(parent: OpenOrder, price: number): number {
  const { takeProfit, side, market } = parent;
  const level = typeof takeProfit === 'object' ? price + side * takeProfit.offset : takeProfit!;
  return toTick(level, side, market.product.tick);
}
