/**
 * When one order meets one bar: does it fill, and at which price. Pure, one function per moment of the bar.
 * A bar hides its path, so "inside" knows only how far price went, not when. NaN: no fill at this moment.
 */
import type { Bars } from '../market/bars.ts';
import type { OpenOrder } from './open-order.ts';

export type LimitFill = 'through' | 'touch';

/**
 * The price at which the order fills at the open of bar `index`. Marks a stop-limit as triggered when the open gaps
 * past its stop.
 */
export function priceAtOpen(order: OpenOrder, bars: Bars, index: number): number {
  const open = bars.open[index]!;
  switch (order.kind) {
    case 'target':
    case 'market':
    case 'margin-call':
      return open;
    case 'market-on-open':
      return index === 0 || bars.session[index]! > bars.session[index - 1]! ? open : Number.NaN;
    case 'limit':
      return limitReached(order, open) ? open : Number.NaN;
    case 'stop':
    case 'trailing-stop':
      return order.triggered || stopReached(order, open) ? open : Number.NaN;
    case 'stop-limit':
      order.triggered ||= stopReached(order, open);
      return order.triggered && limitReached(order, open) ? open : Number.NaN;
    case 'market-on-close':
      return Number.NaN;
  }
}

/**
 * The price at which the order fills between the open and the close of bar `index`. A stop-limit that triggers here
 * either fills at its stop or rests as a limit from the next bar on.
 */
export function priceInside(order: OpenOrder, bars: Bars, index: number, rule: LimitFill): number {
  const high = bars.high[index]!;
  const low = bars.low[index]!;
  switch (order.kind) {
    case 'limit':
      return limitTraded(order, high, low, rule) ? order.limit : Number.NaN;
    case 'stop':
    case 'trailing-stop':
      return !order.triggered && stopTraded(order, high, low) ? order.stop : Number.NaN;
    case 'stop-limit': {
      if (order.triggered) return limitTraded(order, high, low, rule) ? order.limit : Number.NaN;
      if (!stopTraded(order, high, low)) return Number.NaN;
      order.triggered = true;
      return limitReached(order, order.stop) ? order.stop : Number.NaN;
    }
    default:
      return Number.NaN;
  }
}

/** The price at which the order fills at the close of the current bar of its market. */
export function priceAtClose(order: OpenOrder, bars: Bars, index: number): number {
  if (order.kind !== 'market-on-close' || bars.session[index]! <= order.bornIn) return Number.NaN;
  return order.market.endsSession ? bars.close[index]! : Number.NaN;
}

function limitReached(order: OpenOrder, price: number): boolean {
  return order.side > 0 ? price <= order.limit : price >= order.limit;
}

function stopReached(order: OpenOrder, price: number): boolean {
  return order.side > 0 ? price >= order.stop : price <= order.stop;
}

function limitTraded(order: OpenOrder, high: number, low: number, rule: LimitFill): boolean {
  if (rule === 'touch') return order.side > 0 ? low <= order.limit : high >= order.limit;
  return order.side > 0 ? low < order.limit : high > order.limit;
}

function stopTraded(order: OpenOrder, high: number, low: number): boolean {
  return order.side > 0 ? high >= order.stop : low <= order.stop;
}
