/** Carries out a random plan, against whatever takes orders: the engine, or the reference. */
import type { Bracket, Order, OrderOptions, Orders, TargetOptions } from '../../../src/runtime/index.ts';
import { HOUR } from '../../helpers/engine.ts';
import { type Act, GRID, type Plan, type What } from './plan.ts';

/** A market as a strategy sees it at a bar's close. */
export interface Seen {
  readonly orders: Orders;
  readonly close: number;
  readonly now: number;
}

export class Player {
  readonly #acts: readonly (readonly Act[])[];
  /** What it has ordered itself: the sides of brackets are not among them. */
  readonly #placed = new Set<Order>();
  readonly #leverage: number;
  #bar = 0;

  constructor({ acts, options }: Plan) {
    this.#acts = acts;
    this.#leverage = options.leverage ?? 1;
  }

  /** To be called at every close. */
  onBar(seen: Seen): void {
    for (const act of this.#acts[this.#bar++] ?? []) this.#carryOut(act, seen);
  }

  #carryOut(act: Act, { orders, close, now }: Seen): void {
    const { what, quantity, life, hours } = act;
    const near = close + act.near * GRID + act.beside;
    const far = close + act.far * GRID + act.beside;
    const bracket = bracketOf(act, close);
    const terms: OrderOptions = {
      timeInForce: life,
      ...(life === 'gtd' && { goodTill: now + hours * HOUR }),
      ...bracket,
    };
    const chosen = orders.open[act.which % Math.max(1, orders.open.length)];
    const distance = (Math.abs(act.far) + 1) * GRID;
    const trail = act.which === 0 ? { fraction: distance / 100 } : { amount: distance };
    const second = act.which % 2 === 0 ? quantity : -quantity;
    const target: TargetOptions = { ...bracket, rebalance: act.which === 0 };
    const choices: Record<What, () => unknown> = {
      target: () => orders.target((Math.round(quantity / 100) / 6) * this.#leverage, target),
      targetQuantity: () => orders.targetQuantity(quantity, target),
      market: () => this.#place(orders.market(quantity, terms)),
      marketOnOpen: () => this.#place(orders.marketOnOpen(quantity, bracket)),
      marketOnClose: () => this.#place(orders.marketOnClose(quantity, bracket)),
      limit: () => this.#place(orders.limit(quantity, near, terms)),
      stop: () => this.#place(orders.stop(quantity, near, terms)),
      stopLimit: () => this.#place(orders.stopLimit(quantity, near, far, terms)),
      trailingStop: () => this.#place(orders.trailingStop(quantity, trail, terms)),
      group: () => {
        const choices = [
          () => orders.limit(quantity, near, terms),
          () => orders.stop(second, far, terms),
          () => orders.stopLimit(quantity, far, near, terms),
          () => orders.trailingStop(second, trail, terms),
        ];
        const members = choices.filter((_, at) => at === act.which % 4 || at === act.bracket % 4 || at === 1);
        orders.oneCancelsOther(...members.map(make => this.#place(make())));
      },
      modify: () => chosen && reprice(orders, chosen, near, far),
      resize: () => chosen && this.#placed.has(chosen) && resize(orders, chosen, Math.abs(quantity)),
      cancel: () => chosen && orders.cancel(chosen),
      cancelAll: () => orders.cancelAll(),
    };
    choices[what]();
  }

  #place(order: Order): Order {
    this.#placed.add(order);
    return order;
  }
}

/** Distances on both sides of the entry, prices that may be on the wrong side of it, trailing stops. */
function bracketOf({ bracket, quantity, near, far, beside }: Act, close: number): Bracket {
  const way = quantity > 0 ? 1 : -1;
  const offset = (Math.abs(near) + 1) * GRID + beside;
  const choices: Bracket[] = [
    {},
    {},
    {},
    { stopLoss: { offset }, takeProfit: { offset } },
    { stopLoss: close - way * offset, takeProfit: close + way * (Math.abs(far) + 1) * GRID },
    { stopLoss: { trail: offset } },
    { stopLoss: close + near * GRID + beside },
    { takeProfit: close + near * GRID },
  ];
  return choices[bracket]!;
}

function reprice(orders: Orders, order: Order, near: number, far: number): void {
  const hasStop = !Number.isNaN(order.stop) && order.kind !== 'trailing-stop';
  const hasLimit = !Number.isNaN(order.limit);
  if (hasStop && hasLimit) orders.modify(order, { stop: near, limit: far });
  else if (hasLimit) orders.modify(order, { limit: near });
  else if (hasStop) orders.modify(order, { stop: near });
}

/** To what is filled and as many more. Sides of brackets are left alone: they share a quantity. */
function resize(orders: Orders, order: Order, more: number): void {
  const way = order.quantity > 0 ? 1 : -1;
  orders.modify(order, { quantity: order.filled + way * Math.max(10, more) });
}
