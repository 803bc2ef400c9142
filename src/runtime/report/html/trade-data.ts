/** Trades as columns: a tenth of the size of a list of objects. */
import type { Trade } from '../../metrics/trades.ts';
import { moneyColumn, roundedColumn, secondsColumn } from './columns.ts';
import type { TradeData } from './page-data.ts';

type NumberField = 'quantity' | 'entryPrice' | 'exitPrice' | 'returnRatio' | 'mae' | 'mfe';

export function tradeData(trades: readonly Trade[]): TradeData {
  const products = [...new Set(trades.map(({ product }) => product))];
  const column = (field: NumberField, digits: number) =>
    roundedColumn(
      trades.map(trade => trade[field]),
      digits,
    );
  return {
    products,
    product: trades.map(({ product }) => products.indexOf(product)),
    side: trades.map(({ side }) => (side === 'long' ? 1 : -1)),
    entryTimes: secondsColumn(trades.map(({ entryTime }) => entryTime)),
    exitTimes: secondsColumn(trades.map(({ exitTime }) => exitTime)),
    quantity: column('quantity', 8),
    entryPrice: column('entryPrice', 9),
    exitPrice: column('exitPrice', 9),
    fees: moneyColumn(
      trades.map(({ fees }) => fees),
      6,
    ),
    pnl: moneyColumn(
      trades.map(({ pnl }) => pnl),
      9,
    ),
    returnRatio: column('returnRatio', 6),
    bars: trades.map(({ bars }) => bars),
    mae: column('mae', 4),
    mfe: column('mfe', 4),
    open: trades.map(({ open }) => (open ? 1 : 0)),
  };
}
