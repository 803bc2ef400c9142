/**
 * What the Streams app must make of one partition of `ticks`, worked out another way: all trades are judged first, then
 * every interval is grouped on its own, straight from the trades, with integers of 40 decimal places.
 */

export interface Trade {
  readonly type: 'trade';
  readonly product: string;
  readonly id: number;
  readonly time: number;
  readonly price: string;
  readonly size: string;
}

export type Tick =
  | Trade
  | { readonly type: 'clock'; readonly time: number }
  | { readonly type: 'gap'; readonly product: string; readonly from: number; readonly to: number };

export interface Candle {
  readonly _id: string;
  readonly v: 1;
  readonly product: string;
  readonly interval: string;
  readonly time: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly trades: number;
}

export const INTERVALS_MS = { '1s': 1_000, '5s': 5_000, '1m': 60_000, '5m': 300_000 };

interface Product {
  lastId: number;
  /** No bar before it changes any more. */
  finalUntil: number;
  readonly accepted: Trade[];
}

export function foldTrades(ticks: readonly Tick[]): {
  readonly candles: readonly Candle[];
  readonly late: readonly Trade[];
} {
  const products = new Map<string, Product>();
  const late: Trade[] = [];
  for (const tick of ticks) {
    if (tick.type === 'clock') {
      for (const each of products.values())
        each.finalUntil = Math.max(each.finalUntil, tick.time - (tick.time % 1_000));
      continue;
    }
    const product = products.get(tick.product) ?? { lastId: -1, finalUntil: -1, accepted: [] };
    products.set(tick.product, product);
    const id = tick.type === 'gap' ? tick.to : tick.id;
    if (id <= product.lastId) continue;
    product.lastId = id;
    if (tick.type === 'trade') (tick.time < product.finalUntil ? late : product.accepted).push(tick);
  }
  return { candles: [...products.values()].flatMap(candlesOf), late };
}

function candlesOf({ accepted, finalUntil }: Product): readonly Candle[] {
  return Object.entries(INTERVALS_MS).flatMap(([interval, lengthMs]) =>
    [...Map.groupBy(accepted, ({ time }) => Math.floor(time / lengthMs) * lengthMs)]
      .filter(([open]) => open + lengthMs <= finalUntil)
      .map(([open, trades]) => candle(interval, open, trades)),
  );
}

/** Trades of one second count in the order of their ids, seconds in the order of time. */
function candle(interval: string, time: number, unordered: readonly Trade[]): Candle {
  const second = (trade: Trade) => Math.floor(trade.time / 1_000);
  const trades = unordered.toSorted((a, b) => second(a) - second(b) || a.id - b.id);
  const prices = trades.map(({ price }) => toInteger(price));
  const ordered = prices.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const product = trades[0]!.product;
  return {
    _id: `${product}|${interval}|${time}`,
    v: 1,
    product,
    interval,
    time,
    open: toText(prices[0]!),
    high: toText(ordered.at(-1)!),
    low: toText(ordered[0]!),
    close: toText(prices.at(-1)!),
    volume: toText(trades.reduce((sum, { size }) => sum + toInteger(size), 0n)),
    trades: trades.length,
  };
}

const PLACES = 40;

function toInteger(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
}

function toText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${fraction && '.'}${fraction}`;
}
