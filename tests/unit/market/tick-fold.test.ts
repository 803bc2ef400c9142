import { describe, expect, test } from 'vitest';
import { type FoldedTicks, TickFold } from '../../../src/runtime/market/tick-fold.ts';

const MINUTE_MS = 60_000;

/** Rows `[time, open, high, low, close, volume, spread]`. */
function rowsOf({ length, time, open, high, low, close, volume, spread }: FoldedTicks): number[][] {
  const columns = [time, open, high, low, close, volume, ...(spread ? [spread] : [])];
  return Array.from({ length }, (_, bar) => columns.map(column => column[bar]!));
}

function foldTrades(trades: readonly (readonly [time: number, price: number, size: number])[]): number[][] {
  const fold = new TickFold(MINUTE_MS);
  for (const trade of trades) fold.addTrade(...trade);
  return rowsOf(fold.bars());
}

describe('trades', () => {
  test('open, high, low, close and volume; an interval without a trade has no bar', () => {
    const trades = [
      [0, 10, 1],
      [59_999, 12, 2],
      [30_000, 9, 4],
      [180_000, 11, 8],
    ] as const;
    expect(foldTrades(trades)).toEqual([
      [0, 10, 12, 9, 12, 7],
      [180_000, 11, 11, 11, 11, 8],
    ]);
  });

  test('a late trade opens or closes its bar where its time says so', () => {
    expect(
      foldTrades([
        [30_000, 10, 1],
        [70_000, 20, 1],
        [10_000, 11, 1],
        [50_000, 12, 1],
      ]),
    ).toEqual([
      [0, 11, 12, 10, 12, 3],
      [60_000, 20, 20, 20, 20, 1],
    ]);
  });

  test('of trades at the same time the first opens and the last closes', () => {
    expect(
      foldTrades([
        [5, 10, 1],
        [5, 11, 1],
        [5, 12, 1],
      ]),
    ).toEqual([[0, 10, 12, 10, 12, 3]]);
  });
});

describe('quotes', () => {
  const quote = (time: number, bid: number, ask: number, size = 0) => ({
    time,
    bid,
    bidSize: size,
    ask,
    askSize: size,
  });

  test('alone they make bars of the middle, with the spread and the sizes at the close', () => {
    const fold = new TickFold(MINUTE_MS);
    expect(
      [quote(0, 10, 12, 1), quote(1, 12, 13, 2), quote(2, 9, 10, 3)].map(each => fold.addQuote(each)),
    ).not.toContain(false);
    expect(rowsOf(fold.bars())).toEqual([[0, 11, 12.5, 9.5, 9.5, 6, 1]]);
  });

  test('each side stands until the next quote of that side', () => {
    const fold = new TickFold(MINUTE_MS);
    expect(fold.addQuote(quote(0, 10, 0))).toBe(false);
    expect(fold.addQuote(quote(1, 0, 11))).toBe(true);
    expect(fold.addQuote(quote(2, 10.5, 0))).toBe(true);
    expect(rowsOf(fold.bars())).toEqual([[0, 10.5, 10.75, 10.5, 10.75, 0, 0.5]]);
  });

  test('a bid above the ask tells no spread', () => {
    const fold = new TickFold(MINUTE_MS);
    expect(fold.addQuote(quote(0, 12, 11))).toBe(false);
    expect(fold.bars().length).toBe(0);
  });

  test('a late quote does not move the close', () => {
    const fold = new TickFold(MINUTE_MS);
    for (const each of [quote(50, 10, 11), quote(40, 10, 14)]) fold.addQuote(each);
    expect(rowsOf(fold.bars())).toEqual([[0, 12, 12, 10.5, 10.5, 0, 1]]);
  });

  test('beside trades they give the spread: the last one known, before the first quote the first', () => {
    const fold = new TickFold(MINUTE_MS);
    for (const minute of [0, 1, 2, 3, 4]) fold.addTrade(minute * MINUTE_MS, 100, 1);
    fold.addQuote(quote(MINUTE_MS + 1, 10, 11));
    fold.addQuote(quote(MINUTE_MS + 2, 10, 12));
    fold.addQuote(quote(3 * MINUTE_MS, 10, 13));
    expect([...fold.bars().spread!]).toEqual([2, 2, 2, 3, 3]);
  });
});
