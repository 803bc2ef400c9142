import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TickFold } from '../../src/runtime/market/tick-fold.ts';

const INTERVAL_MS = 60_000;

const trade = fc.record({
  time: fc.integer({ min: 0, max: 20 * INTERVAL_MS }),
  price: fc.integer({ min: 1, max: 1000 }),
  size: fc.integer({ min: 0, max: 100 }),
});
const side = fc.integer({ min: 0, max: 100 });
const quote = fc.record({ time: trade.map(({ time }) => time), bid: side, bidSize: side, ask: side, askSize: side });
const ticks = fc.array(fc.oneof(trade, quote), { maxLength: 200 });

type Tick = typeof ticks extends fc.Arbitrary<(infer T)[]> ? T : never;

function add(fold: TickFold, tick: Tick): void {
  if ('price' in tick) fold.addTrade(tick.time, tick.price, tick.size);
  else fold.addQuote(tick);
}

function foldOf(all: readonly Tick[]): TickFold {
  const fold = new TickFold(INTERVAL_MS);
  for (const tick of all) add(fold, tick);
  return fold;
}

test('bars do not depend on where the ticks are cut, nor on being asked for in between', () => {
  fc.assert(
    fc.property(ticks, fc.array(fc.nat(200)), (all, cuts) => {
      const fold = new TickFold(INTERVAL_MS);
      for (const [i, tick] of all.entries()) {
        add(fold, tick);
        if (cuts.includes(i)) fold.bars();
      }
      expect(fold.bars()).toEqual(foldOf(all).bars());
    }),
  );
});

test('volume is conserved, and every trade lies inside its bar', () => {
  fc.assert(
    fc.property(fc.array(trade, { minLength: 1, maxLength: 200 }), trades => {
      const { length, time, open, high, low, close, volume } = foldOf(trades).bars();
      expect(volume.reduce((a, b) => a + b, 0)).toBe(trades.reduce((sum, { size }) => sum + size, 0));
      for (let bar = 0; bar < length; bar++) {
        const own = trades.filter(tick => Math.floor(tick.time / INTERVAL_MS) * INTERVAL_MS === time[bar]);
        const prices = own.map(({ price }) => price);
        expect(high[bar]).toBe(Math.max(...prices));
        expect(low[bar]).toBe(Math.min(...prices));
        expect(prices).toContain(open[bar]);
        expect(prices).toContain(close[bar]);
        if (bar > 0) expect(time[bar]).toBeGreaterThan(time[bar - 1]!);
      }
      const bars = new Set(trades.map(tick => Math.floor(tick.time / INTERVAL_MS)));
      expect(length).toBe(bars.size);
    }),
  );
});

test('trades that arrive late give the same bars as in order', () => {
  const distinct = fc.uniqueArray(trade, { selector: ({ time }) => time, minLength: 1, maxLength: 100 });
  const shuffled = distinct.chain(trades =>
    fc.tuple(fc.constant(trades), fc.shuffledSubarray(trades, { minLength: trades.length })),
  );
  fc.assert(
    fc.property(shuffled, ([trades, late]) => {
      const inOrder = [...trades].sort((a, b) => a.time - b.time);
      expect(foldOf(late).bars()).toEqual(foldOf(inOrder).bars());
    }),
  );
});

test('a spread is never negative, and there is one for every bar as soon as one quote has one', () => {
  fc.assert(
    fc.property(ticks, all => {
      const fold = new TickFold(INTERVAL_MS);
      const usable = all.filter(tick => !('price' in tick)).filter(tick => foldHas(fold, tick));
      const { length, spread } = foldOf(all).bars();
      if (usable.length > 0) expect(spread?.length).toBe(length);
      expect(spread?.every(value => value >= 0) ?? true).toBe(true);
    }),
  );
});

function foldHas(fold: TickFold, tick: Tick): boolean {
  return 'bid' in tick && fold.addQuote(tick);
}
