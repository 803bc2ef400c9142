import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTrades, unpackTrades } from '../../../src/runtime/metrics/packed-trades.ts';
import type { Trade } from '../../../src/runtime/metrics/trades.ts';

test('trades come out of their rows as they went in, bit by bit', () => {
  const number = fc.double();
  const trade: fc.Arbitrary<Trade> = fc.record({
    product: fc.constantFrom('stock.SPY.usa', 'crypto.BTCUSD.global', 'forex.EURUSD.global'),
    side: fc.constantFrom('long', 'short'),
    quantity: number,
    entryTime: number,
    exitTime: number,
    entryPrice: number,
    exitPrice: number,
    fees: number,
    pnl: number,
    returnRatio: number,
    entryStep: number,
    bars: number,
    mae: number,
    mfe: number,
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(trade), trades => {
      expect(unpackTrades(packTrades(trades))).toStrictEqual(trades.map(each => ({ ...each })));
    }),
  );
});
