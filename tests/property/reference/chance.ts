/** Whether a moment of a bar fills an order, and where the market stands then: the table of docs/semantics.md. */
import type { Bar } from './bar.ts';
import type { Moment, ReferenceOrder } from './order.ts';

export interface Chance {
  /** Before slippage. */
  readonly price: number;
  /** As a limit: no slippage, and the fee of a maker unless it takes. */
  readonly asLimit: boolean;
  readonly makes: boolean;
}

export interface Rules {
  readonly limitFill: 'through' | 'touch';
  readonly ambiguousBars?: 'worst' | 'best' | undefined;
}

const market = (price: number): Chance => ({ price, asLimit: false, makes: false });

export function chanceOf(order: ReferenceOrder, bar: Bar, moment: Moment, rules: Rules): Chance | undefined {
  // Of a good-till-date order only the open of the bar that the moment lies in.
  if (moment !== 'open' && order.goodTill < bar.closesAt) return undefined;
  switch (order.kind) {
    case 'market':
    case 'target':
    case 'margin-call':
      return moment === 'open' ? market(bar.open) : undefined;
    case 'market-on-open':
      return moment === 'open' && bar.beginsSession ? market(bar.open) : undefined;
    case 'market-on-close': {
      // A session that had begun when the order was given is open already.
      const isLater = bar.session !== order.given.session;
      return moment === 'close' && bar.endsSession && isLater ? market(bar.close) : undefined;
    }
    case 'limit':
      return limitChance(order, bar, moment, rules);
    case 'stop':
    case 'trailing-stop':
      return stopChance(order, bar, moment, rules);
    case 'stop-limit':
      return stopLimitChance(order, bar, moment, rules);
  }
}

function limitChance(order: ReferenceOrder, bar: Bar, moment: Moment, rules: Rules): Chance | undefined {
  const { side, limit, entry, pricedFrom } = order;
  const asLimit = (price: number, makes: boolean): Chance => ({ price, asLimit: true, makes });
  // Price may have been at a target before the entry; an entry at the open is first.
  if (entry?.bar === bar.index && entry.moment !== 'open') {
    const isTaken = entry.moment === 'inside' && moment === 'inside' && rules.ambiguousBars === 'best';
    return isTaken && isInReach(order, bar, rules) ? afterEntry(order, bar, entry.market) : undefined;
  }
  if (moment === 'open') return side * bar.open <= side * limit ? asLimit(bar.open, bar.index > pricedFrom) : undefined;
  if (moment === 'close') return undefined;
  return isInReach(order, bar, rules) ? asLimit(limit, true) : undefined;
}

/** A target in the bar of its entry. One that price is past already fills in the bar, and takes. */
function afterEntry({ side, limit }: ReferenceOrder, { low, high }: Bar, entered: number): Chance {
  return { price: Math.min(high, Math.max(low, limit)), asLimit: true, makes: side * limit < side * entered };
}

/** Whether a bar comes to a limit. */
export function isInReach({ side, limit }: ReferenceOrder, bar: Bar, { limitFill }: Rules): boolean {
  const far = side > 0 ? bar.low : bar.high;
  return limitFill === 'touch' ? side * far <= side * limit : side * far < side * limit;
}

function stopChance(order: ReferenceOrder, bar: Bar, moment: Moment, rules: Rules): Chance | undefined {
  if (!isTakenAfterEntry(order, bar, rules)) return undefined;
  const price = order.isTriggered ? (moment === 'open' ? bar.open : undefined) : triggerPrice(order, bar, moment);
  return price === undefined ? undefined : { price, asLimit: false, makes: false };
}

function stopLimitChance(order: ReferenceOrder, bar: Bar, moment: Moment, rules: Rules): Chance | undefined {
  if (order.isTriggered) return limitChance(order, bar, moment, rules);
  const price = triggerPrice(order, bar, moment);
  if (price === undefined) {
    // Triggered at the open and not filled there, it rests in this bar.
    return moment === 'inside' && triggerPrice(order, bar, 'open') !== undefined
      ? limitChance(order, bar, moment, rules)
      : undefined;
  }
  const isWithin = order.side * order.limit >= order.side * price;
  return isWithin ? { price, asLimit: true, makes: false } : undefined;
}

/** Whether a stop that a bar reaches is taken to be reached after an entry inside that bar. */
export function isTakenAfterEntry(order: ReferenceOrder, bar: Bar, rules: Rules): boolean {
  const { side, stop, entry } = order;
  const isInDoubt = isBornInside(order, bar) && !isHitAtOnce(order, bar);
  if (entry === undefined || !isInDoubt || rules.ambiguousBars !== 'best') return true;
  // Price came to the entry from the other side, or closed beyond the stop.
  return side * bar.open < side * entry.market || side * bar.close >= side * stop;
}

/** Whether it is a side of a bracket that was entered inside the bar. */
export function isBornInside({ entry }: ReferenceOrder, bar: Bar): boolean {
  return entry?.bar === bar.index && entry.moment === 'inside';
}

/** Whether a side of a bracket was on the wrong side of the market already when that was entered inside the bar. */
export function isHitAtOnce({ side, stop, entry }: ReferenceOrder, bar: Bar): boolean {
  return entry?.bar === bar.index && entry.moment === 'inside' && side * entry.market >= side * stop;
}

/** Where a stop is triggered at that moment, if it is. */
export function triggerPrice(order: ReferenceOrder, bar: Bar, moment: Moment): number | undefined {
  const { side, stop, entry } = order;
  const isBeyond = (price: number): boolean => side * price >= side * stop;
  const isOfThisBar = entry?.bar === bar.index;
  if (moment === 'open') {
    const sees = !isOfThisBar || entry?.moment === 'open';
    return sees && isBeyond(bar.open) ? bar.open : undefined;
  }
  if (moment === 'close') return undefined;
  if (isOfThisBar && entry !== undefined && isBeyond(entry.market)) return entry.market;
  if (!isOfThisBar && isBeyond(bar.open)) return undefined;
  return isBeyond(side > 0 ? bar.high : bar.low) ? stop : undefined;
}
