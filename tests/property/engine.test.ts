/** What holds for every run, whatever the strategy orders and the market does. Feed `a` has hours, feed `b` days. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunOptions } from '../../src/runtime/engine/run-options.ts';
import { sliceBars } from '../../src/runtime/market/bars.ts';
import type { Dataset } from '../../src/runtime/market/dataset.ts';
import { daily, type FillSeen, intraday, type Outcome, type Row, run } from '../helpers/engine.ts';
import { type Act, acts, options, perform, rows } from '../helpers/random-runs.ts';

const DAYS = 25;
const HOURS_A_DAY = 4;
/** Steps of a run: four hours and one daily close each day, before which the hours of the first day pass. */
const STEPS = DAYS * (HOURS_A_DAY + 1) - HOURS_A_DAY;

interface Plan {
  readonly a: readonly Row[];
  readonly b: readonly Row[];
  readonly all: readonly Act[];
  readonly how: Partial<RunOptions>;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  a: rows(DAYS * HOURS_A_DAY, DAYS * HOURS_A_DAY),
  b: rows(DAYS, DAYS),
  all: acts(STEPS),
  how: options,
});

const hours = (a: readonly Row[]): Dataset =>
  intraday(
    60,
    Array.from({ length: DAYS }, (_, day) => a.slice(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY)),
  );
const days = (b: readonly Row[]): Dataset => daily(b, { symbol: 'B' });
const carryOut = ({ a, b, all, how }: Plan): Outcome => run(perform(all), { a: hours(a), b: days(b) }, how);

const holds = (claim: (plan: Plan, outcome: Outcome) => void, numRuns = 150) =>
  fc.assert(
    fc.property(plans, plan => claim(plan, carryOut(plan))),
    { numRuns },
  );

test('equity is cash and positions, at every step, recomputed from the fills', () => {
  holds(({ a, b, how }, { fills, chunks, equity, record }) => {
    const feeds = [hours(a), days(b)].map(({ bars, product }) => ({
      bars,
      id: product.id,
      held: 0,
      close: Number.NaN,
      next: 0,
    }));
    const times = chunks.flatMap(({ time }) => [...time]);
    let cash = 100_000;
    let fill = 0;
    times.forEach((time, step) => {
      for (; fill < fills.length && fills[fill]!.step === step; fill++) cash += settle(fills[fill]!);
      for (const feed of feeds) {
        while (feed.next < feed.bars.length && feed.bars.time[feed.next]! + feed.bars.durationMs <= time) {
          feed.close = feed.bars.close[feed.next++]!;
        }
      }
      const worth = feeds.reduce((sum, { held, close }) => sum + (held === 0 ? 0 : held * close), cash);
      expect(Math.abs(equity[step]! - worth)).toBeLessThan(1e-6);
    });
    function settle({ product, quantity, price, fee }: FillSeen): number {
      feeds.find(({ id }) => id === product)!.held += quantity;
      return -quantity * price - fee;
    }
    expect(fill).toBe(fills.length);
    expect(record.finalCash).toBeCloseTo(cash, 6);
    feeds.forEach(({ id, held }) => {
      const at = record.products.findIndex(product => product.id === id);
      expect(record.positions[at]!.quantity).toBeCloseTo(held, 6);
      if (how.allowShort !== true) expect(held).toBeGreaterThanOrEqual(0);
    });
  });
});

test('no fill is better than its bar allows, and none is worse than its limit', () => {
  holds(({ a, b, how }, { fills, orders }) => {
    const barsOf = new Map([hours(a), days(b)].map(({ product, bars }) => [product.id, bars]));
    const limits = new Map(orders.map(({ id, limit }) => [id, limit]));
    for (const { product, bar, quantity, price, slippage, order } of fills) {
      const { low, high } = barsOf.get(product)!;
      const raw = price - slippage / quantity;
      expect(raw).toBeGreaterThan(low[bar]! - 1e-9);
      expect(raw).toBeLessThan(high[bar]! + 1e-9);
      expect(slippage).toBeGreaterThanOrEqual(0);
      const limit = limits.get(order)!;
      // A limit that filled in part may have moved since.
      if (!Number.isNaN(limit) && how.maxParticipation === undefined)
        expect(Math.sign(quantity) * (price - limit)).toBeLessThanOrEqual(1e-9);
    }
  });
});

test('an order fills after it was given, fills no more than asked for, and ends once', () => {
  holds(({ how }, { fills, orders }) => {
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    for (const { id, submitted, quantity, filled, parent, state, kind } of orders) {
      const own = fills.filter(({ order }) => order === id);
      expect(own.reduce((sum, fill) => sum + fill.quantity, 0)).toBeCloseTo(filled, 9);
      if (own.length > 0) expect(Math.abs(filled)).toBeLessThanOrEqual(Math.abs(quantity) + 1e-9);
      for (const { time } of own) expect(time).toBeGreaterThanOrEqual(submitted);
      if (state === 'filled') expect(filled).toBeCloseTo(quantity, 9);
      if (how.maxParticipation === undefined && kind !== 'target') expect(own.length).toBeLessThanOrEqual(1);
      if (!Number.isNaN(parent)) expect(parent).toBeLessThan(id);
    }
  });
});

test('a protective order only ever reduces the position', () => {
  holds((_, { fills, orders }) => {
    const protective = new Set(orders.filter(({ parent }) => !Number.isNaN(parent)).map(({ id }) => id));
    const held = new Map<string, number>();
    for (const { product, quantity, order } of fills) {
      const before = held.get(product) ?? 0;
      if (protective.has(order)) expect(Math.abs(before + quantity)).toBeLessThan(Math.abs(before));
      held.set(product, Math.abs(before + quantity) < 1e-9 ? 0 : before + quantity);
    }
  });
});

test('at leverage 1 without shorts cash stays at zero or above, but for the fees of sales', () => {
  holds(({ how }, { fills, record }) => {
    if (how.leverage !== 1 || how.allowShort === true) return;
    const feesOfSales = fills.reduce((sum, { quantity, fee }) => (quantity < 0 ? sum + fee : sum), 0);
    expect(record.finalCash).toBeGreaterThan(-feesOfSales - 1e-6);
  });
});

test('fills of a bar stay within the volume cap', () => {
  holds(({ a, b, how: { maxParticipation } }, { fills }) => {
    if (maxParticipation === undefined) return;
    const taken = new Map<string, number>();
    for (const { product, bar, quantity } of fills) {
      const key = `${product} ${bar}`;
      taken.set(key, (taken.get(key) ?? 0) + Math.abs(quantity));
    }
    for (const { product, bar } of fills) {
      const volume = (product.includes('B') ? b : a)[bar]![4]!;
      expect(taken.get(`${product} ${bar}`)!).toBeLessThanOrEqual(volume * maxParticipation + 1e-9);
    }
  });
});

test('the same input gives the same bytes', () => {
  holds((plan, first) => {
    expect(bytesOf(carryOut(plan))).toBe(bytesOf(first));
  }, 60);
});

test('truncating the data never changes the past', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: DAYS - 1 }), fc.nat(HOURS_A_DAY - 1), (plan, cutDay, cutHour) => {
      const whole = carryOut(plan);
      const a = cut(hours(plan.a), cutDay * HOURS_A_DAY + cutHour);
      const short = run(perform(plan.all), { a, b: cut(days(plan.b), cutDay) }, plan.how);
      const steps = short.equity.length;
      expect(short.equity).toEqual(whole.equity.slice(0, steps));
      const known = short.orders.filter(({ reason }) => reason !== 'run-ended').map(({ id }) => id);
      expect(short.fills).toEqual(whole.fills.filter(({ step }) => step < steps));
      const ended = (outcome: Outcome) => outcome.orders.filter(({ id }) => known.includes(id));
      expect(ended(short)).toEqual(ended(whole));
    }),
    { numRuns: 100 },
  );
});

function cut(dataset: Dataset, length: number): Dataset {
  return { ...dataset, bars: sliceBars(dataset.bars, 0, length) };
}

function bytesOf({ chunks }: Outcome): string {
  const columns = chunks.flatMap(({ time, equity, orders, fills }) => [time, equity, orders, fills]);
  return columns
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('hex'),
    )
    .join();
}
