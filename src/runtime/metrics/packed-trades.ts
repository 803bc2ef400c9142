/**
 * Trades on their way between threads, as rows of float64: that many objects take longer to clone than to make, and
 * several times their memory meanwhile.
 */
import type { Trade } from './trades.ts';

export interface PackedTrades {
  /** Rows begin with a place in this list. */
  readonly products: readonly string[];
  readonly rows: Float64Array<ArrayBuffer>;
}

const WIDTH = 15;

export function packTrades(trades: readonly Trade[]): PackedTrades {
  const products = [...new Set(trades.map(({ product }) => product))];
  const rows = new Float64Array(trades.length * WIDTH);
  let at = 0;
  for (const trade of trades) {
    rows[at] = products.indexOf(trade.product);
    rows[at + 1] = Number(trade.side === 'long');
    rows[at + 2] = trade.quantity;
    rows[at + 3] = trade.entryTime;
    rows[at + 4] = trade.exitTime;
    rows[at + 5] = trade.entryPrice;
    rows[at + 6] = trade.exitPrice;
    rows[at + 7] = trade.fees;
    rows[at + 8] = trade.pnl;
    rows[at + 9] = trade.returnRatio;
    rows[at + 10] = trade.entryStep;
    rows[at + 11] = trade.bars;
    rows[at + 12] = trade.mae;
    rows[at + 13] = trade.mfe;
    rows[at + 14] = Number(trade.open);
    at += WIDTH;
  }
  return { products, rows };
}

/** The trades that were packed. */
export function unpackTrades({ products, rows }: PackedTrades): Trade[] {
  const trades: Trade[] = [];
  for (let at = 0; at < rows.length; at += WIDTH) {
    trades.push({
      product: products[rows[at]!]!,
      side: rows[at + 1] === 1 ? 'long' : 'short',
      quantity: rows[at + 2]!,
      entryTime: rows[at + 3]!,
      exitTime: rows[at + 4]!,
      entryPrice: rows[at + 5]!,
      exitPrice: rows[at + 6]!,
      fees: rows[at + 7]!,
      pnl: rows[at + 8]!,
      returnRatio: rows[at + 9]!,
      entryStep: rows[at + 10]!,
      bars: rows[at + 11]!,
      mae: rows[at + 12]!,
      mfe: rows[at + 13]!,
      open: rows[at + 14] === 1,
    });
  }
  return trades;
}
