/** What holds for every run, whatever the strategy orders and the market does. Feed `a` has hours, feed `b` days. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunOptions } from '../../src/runtime/engine/run-options.ts';
import { sliceBars } from '../../src/runtime/market/bars.ts';
import { MS_PER_DAY } from '../../src/runtime/market/civil-date.ts';
import type { Dataset } from '../../src/runtime/market/dataset.ts';
import { cashFlowsOf } from '../../src/runtime/metrics/cash-flows.ts';
import { tradesOf } from '../../src/runtime/metrics/trades-of.ts';
import { type CashSeen, daily, type FillSeen, intraday, type Outcome, type Row, run } from '../helpers/engine.ts';
import { type Act, acts, type Events, events, options, perform, rows } from '../helpers/random-runs.ts';

const DAYS = 25;
const HOURS_A_DAY = 4;
/** Steps of a run: four hours and one daily close each day, before which the hours of the first day pass. */
const STEPS = DAYS * (HOURS_A_DAY + 1) - HOURS_A_DAY;

interface Plan {
  readonly a: readonly Row[];
  readonly b: readonly Row[];
  readonly all: readonly Act[];
  readonly ofA: Events;
  readonly ofB: Events;
  readonly how: Partial<RunOptions>;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  a: rows(DAYS * HOURS_A_DAY, DAYS * HOURS_A_DAY),
  b: rows(DAYS, DAYS),
  all: acts(STEPS),
  ofA: events(DAYS),
  ofB: events(DAYS),
  how: options,
});

const feedsOf = ({ a, b, ofA, ofB }: Plan): { a: Dataset; b: Dataset } => {
  const hours = Array.from({ length: DAYS }, (_, day) => a.slice(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY));
  return { a: intraday(60, hours, ofA), b: daily(b, { symbol: 'B', ...ofB }) };
};
const carryOut = (plan: Plan): Outcome => run(perform(plan.all), feedsOf(plan), plan.how);

/** What one unit became between two moments. */
function splitBetween(plan: Plan, product: string, from: number, to: number): number {
  const { actions } = product.includes('B') ? plan.ofB : plan.ofA;
  return actions.reduce((ratio, each) => (each.time > from && each.time <= to ? ratio * each.ratio : ratio), 1);
}

const holds = (claim: (plan: Plan, outcome: Outcome) => void, numRuns = 150) =>
  fc.assert(
    fc.property(plans, plan => claim(plan, carryOut(plan))),
    { numRuns },
  );

test('equity is cash and positions, at every step, recomputed from fills and what was booked without one', () => {
  holds((plan, { fills, cash: booked, chunks, equity, record }) => {
    const feeds = Object.values(feedsOf(plan)).map(({ bars, product }) => ({
      bars,
      id: product.id,
      held: 0,
      close: Number.NaN,
      next: 0,
    }));
    const times = chunks.flatMap(({ time }) => [...time]);
    let cash = 100_000;
    let fill = 0;
    let row = 0;
    times.forEach((time, step) => {
      for (; row < booked.length && booked[row]!.step === step; row++) cash += take(booked[row]!);
      for (; fill < fills.length && fills[fill]!.step === step; fill++) cash += settle(fills[fill]!);
      for (const feed of feeds) {
        while (feed.next < feed.bars.length && feed.bars.time[feed.next]! + feed.bars.durationMs <= time) {
          feed.close = feed.bars.close[feed.next++]!;
        }
      }
      const worth = feeds.reduce((sum, { held, close }) => sum + (held === 0 ? 0 : held * close), cash);
      expect(Math.abs(equity[step]! - worth)).toBeLessThan(1e-6);
    });
    function take({ kind, product, amount, ratio }: CashSeen): number {
      if (kind === 'split') feeds.find(({ id }) => id === product)!.held *= ratio;
      return amount;
    }
    function settle({ product, quantity, price, fee }: FillSeen): number {
      feeds.find(({ id }) => id === product)!.held += quantity;
      return -quantity * price - fee;
    }
    expect([fill, row]).toEqual([fills.length, booked.length]);
    expect(record.finalCash).toBeCloseTo(cash, 6);
    feeds.forEach(({ id, held }) => {
      const at = record.products.findIndex(product => product.id === id);
      expect(record.positions[at]!.quantity).toBeCloseTo(held, 6);
      if (plan.how.allowShort !== true) expect(held).toBeGreaterThanOrEqual(0);
    });
  });
});

test('profits of all trades and what was booked without a fill add up to the change of equity', () => {
  holds((plan, { record }) => {
    const bars = Object.values(feedsOf(plan)).map(feed => feed.bars);
    const profits = tradesOf(record, bars).reduce((sum, { pnl }) => sum + pnl, 0);
    const flows = Object.values(cashFlowsOf(record.cash)).reduce((sum, amount) => sum + amount, 0);
    expect(100_000 + profits + flows).toBeCloseTo(record.finalEquity, 6);
  });
});

test('no fill is better than its bar allows, and none is worse than its limit', () => {
  holds((plan, { fills, orders }) => {
    const { how } = plan;
    const barsOf = new Map(Object.values(feedsOf(plan)).map(({ product, bars }) => [product.id, bars]));
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
  holds((plan, { fills, orders }) => {
    const { how } = plan;
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    for (const { id, submitted, quantity, filled, parent, state, kind, product, ended } of orders) {
      const own = fills.filter(({ order }) => order === id);
      // A bar of a day is settled at its close, so that a split is booked up to a day before or after an order's end.
      const inUnitsOf = (moment: number): number =>
        own.reduce((sum, { quantity, time }) => sum + quantity * splitBetween(plan, product, time, moment), 0);
      const possible = [ended, ended - MS_PER_DAY, ended + MS_PER_DAY].map(inUnitsOf);
      expect(Math.min(...possible.map(each => Math.abs(each - filled)))).toBeLessThan(1e-9);
      if (own.length > 0) expect(Math.abs(filled)).toBeLessThanOrEqual(Math.abs(quantity) + 1e-9);
      for (const { time } of own) expect(time).toBeGreaterThanOrEqual(submitted);
      if (state === 'filled') expect(filled).toBeCloseTo(quantity, 9);
      if (how.maxParticipation === undefined && kind !== 'target') expect(own.length).toBeLessThanOrEqual(1);
      if (!Number.isNaN(parent)) expect(parent).toBeLessThan(id);
    }
  });
});

test('a protective order only ever reduces the position', () => {
  holds((plan, { fills, orders }) => {
    const protective = new Set(orders.filter(({ parent }) => !Number.isNaN(parent)).map(({ id }) => id));
    const held = new Map<string, number>();
    const seen = new Map<string, number>();
    for (const { product, quantity, order, time } of fills) {
      const before = (held.get(product) ?? 0) * splitBetween(plan, product, seen.get(product) ?? 0, time);
      seen.set(product, time);
      if (protective.has(order)) expect(Math.abs(before + quantity)).toBeLessThan(Math.abs(before));
      held.set(product, Math.abs(before + quantity) < 1e-9 ? 0 : before + quantity);
    }
  });
});

test('at leverage 1 without shorts cash stays at zero or above, but for the fees of sales and what is charged', () => {
  holds(({ how }, { fills, cash, record }) => {
    if (how.leverage !== 1 || how.allowShort === true) return;
    const feesOfSales = fills.reduce((sum, { quantity, fee }) => (quantity < 0 ? sum + fee : sum), 0);
    const charged = cash.reduce((sum, { amount }) => (amount < 0 ? sum - amount : sum), 0);
    expect(record.finalCash).toBeGreaterThan(-feesOfSales - charged - 1e-6);
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
      const feeds = feedsOf(plan);
      const a = cut(feeds.a, cutDay * HOURS_A_DAY + cutHour);
      const short = run(perform(plan.all), { a, b: cut(feeds.b, cutDay) }, plan.how);
      const steps = short.equity.length;
      expect(short.equity).toEqual(whole.equity.slice(0, steps));
      const known = short.orders.filter(({ reason }) => reason !== 'run-ended').map(({ id }) => id);
      expect(short.fills).toEqual(whole.fills.filter(({ step }) => step < steps));
      expect(short.cash).toEqual(whole.cash.filter(({ step }) => step < steps));
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
  const columns = chunks.flatMap(({ time, equity, orders, fills, cash }) => [
    time,
    equity,
    orders,
    fills,
    cash ?? new Float64Array(0),
  ]);
  return columns
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('hex'),
    )
    .join();
}
