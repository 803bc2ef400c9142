import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../../src/runtime/engine/run-options.ts';
import {
  crossesAbove,
  crossesBelow,
  defineStrategy,
  fold,
  int,
  type Strategy,
  sig,
  sma,
} from '../../src/runtime/index.ts';
import { curveMetrics } from '../../src/runtime/metrics/curve-metrics.ts';
import { curveOf } from '../../src/runtime/metrics/summarize.ts';
import { RunMath } from '../../src/runtime/sdk/ambient/math.ts';
import { Date as RunDate } from '../../src/runtime/sdk/ambient.ts';
import { runSlice, type SliceHooks, type SliceRun } from '../../src/runtime/sweep/run-slice.ts';
import { at, type Data, daily, feedsOf, flat, run } from '../helpers/engine.ts';
import { acts, options, perform, rows } from '../helpers/random-runs.ts';

type ParamSet = Readonly<Record<string, number>>;

const params = { fast: int(3), slow: int(9) };
const sets = fc.array(fc.record({ fast: fc.integer({ min: 1, max: 6 }), slow: fc.integer({ min: 2, max: 30 }) }), {
  minLength: 1,
  maxLength: 8,
});

const bySignals = defineStrategy({
  name: 'signals',
  params,
  indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
  signals: ({ ind }) => ({
    enter: sig.crossesAbove(ind.fast, ind.slow),
    exit: sig.crossesBelow(ind.fast, ind.slow),
  }),
});

/** Draws random numbers, so that runs which took each other's would differ. */
const byHand = defineStrategy({
  name: 'by hand',
  params,
  indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
  state: () => ({ entries: 0 }),
  onBar({ ind, order, state }) {
    if (crossesAbove(ind.fast, ind.slow)) order.target(RunMath.random(), { stopLoss: { offset: 1 + state.entries++ } });
    else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
  },
});

test.each([
  ['signals', bySignals],
  ['onBar', byHand],
])('each run of a slice gives what the run alone gives: %s', (_name, strategy) => {
  const data = fc.oneof(rows(1, 60), rows(1_000, 1_100)).map(bars => daily(bars));
  fc.assert(
    fc.property(data, sets, options, (feeds, all, how) => expectSame(strategy, feeds, all, how)),
    { numRuns: 100 },
  );
});

test('so does a slice whose blocks end inside the data, on merged feeds, with every kind of order', () => {
  const two = fc.tuple(rows(1, 60), rows(1, 60)).map(([a, b]) => {
    return { a: daily(a), b: daily(b, { symbol: 'B', fromDay: 3 }) };
  });
  fc.assert(
    fc.property(two, acts(60), acts(60), options, (feeds, first, second, how) => {
      const strategy = defineStrategy({
        name: 'acts',
        data: { a: 'a', b: 'b' },
        params: { which: int(1) },
        state: () => ({ calls: 0 }),
        onBar: context => perform(context.params.which === 1 ? first : second)(context as never),
      });
      expectSame(strategy, feeds, [{ which: 1 }, { which: 2 }, { which: 1 }], how);
    }),
    { numRuns: 100 },
  );
});

test('so does a slice whose folds draw random numbers, also the same fold in several runs', () => {
  const noise = () => (price: number) => price + RunMath.random();
  const noisy = defineStrategy({
    name: 'noisy',
    params,
    indicators: ({ close, params: { fast } }) => ({
      shared: fold([close], noise),
      own: fold([close], () => price => price + fast * RunMath.random()),
    }),
    onBar: ({ ind, order }) => order.target(ind.own.value > ind.shared.value + RunMath.random() ? 1 : 0),
  });
  const all = [1, 2, 1].map(fast => ({ fast, slow: 9 }));
  expectSame(noisy, daily(Array.from({ length: 1_100 }, (_, i) => at(100 + (i % 9)))), all, DEFAULT_RUN_OPTIONS);
});

test.each([1, 2])('so does a strategy of %i feeds whose state notes what time it is', feeds => {
  const strategy = defineStrategy({
    name: 'born',
    data: feeds === 1 ? 'a' : { a: 'a', b: 'b' },
    params: { days: int(1) },
    state: () => ({ born: RunDate.now() }),
    onBar: ({ order, params, state, time }) => order.target(time - state.born > params.days * 86_400_000 ? 1 : 0),
  });
  const [a, b] = [daily(flat(40)), daily(flat(40), { symbol: 'B' })];
  expectSame(strategy, feeds === 1 ? a : { a, b }, [{ days: 3 }, { days: 5 }, { days: 3 }], {});
});

test('so does a strategy that looks at the end whether a feed is new', () => {
  const strategy = defineStrategy({
    name: 'end',
    data: { a: 'a', b: 'b' },
    params: { size: int(1) },
    onBar: () => {},
    onEnd: ({ bars, orders, params: { size } }) => {
      orders.a.market(bars.a.isNew ? 10 * size : size);
      orders.b.market(bars.b.isNew ? 10 * size : size);
    },
  });
  const feeds = { a: daily(flat(4)), b: daily(flat(4), { symbol: 'B', fromDay: 2 }) };
  expectSame(strategy, feeds, [{ size: 1 }, { size: 2 }], {});
});

test('so does a run that is wiped out, while the others go on', () => {
  const prices = [100, 100, 101, 99, 250, 120, 90, 95];
  const short = defineStrategy({
    name: 'short',
    params: { from: int(1) },
    onBar: ({ bar, params, order }) => order.target(bar.index >= params.from ? -1 : 0),
  });
  const rising = daily(prices.map(price => [price, price, price, price]));
  const all = [{ from: 1 }, { from: 5 }, { from: 2 }, { from: 7 }];
  expectSame(short, rising, all, { allowShort: true });
  expect(sliced(short, rising, all, { allowShort: true }).map(({ state }) => state)).toEqual([
    'wiped-out',
    'completed',
    'wiped-out',
    'completed',
  ]);
});

test('so do runs that go on for blocks after the last of the slice was wiped out within one', () => {
  const prices = Array.from({ length: 500 }, (_, i) => (i === 100 ? 300 : 100 + ((i * 7) % 13) / 100));
  const strategy = defineStrategy({
    name: 'long or short',
    params: { side: int(1) },
    indicators: ({ close }) => ({ mean: sma(close, 5) }),
    onBar: ({ close, ind, params, order }) => order.target(close.value > ind.mean.value ? params.side : 0),
  });
  const long = { side: 1 };
  const data = daily(prices.map(price => [price, price, price, price]));
  const how: Partial<RunOptions> = { allowShort: true, leverage: 2, fee: { kind: 'rate', rate: 1e-5 } };
  expectSame(strategy, data, [long, { side: -1 }], how);
  expect(sliced(strategy, data, [long, { side: -1 }], how).map(({ state }) => state)).toEqual([
    'completed',
    'wiped-out',
  ]);
});

/** Blocks are short, so that runs end, start and are wiped out on either side of their ends. */
function expectSame(strategy: Strategy, data: Data, all: readonly ParamSet[], how: Partial<RunOptions>): void {
  const together = sliced(strategy, data, all, how, 16);
  for (const [index, set] of all.entries()) expect(together[index]).toEqual(alone(strategy, data, set, how));
}

interface Result extends Omit<SliceRun, 'positions'> {
  readonly orders: number[];
  readonly fillRows: number[];
}

function alone(strategy: Strategy, data: Data, set: ParamSet, how: Partial<RunOptions>): Result {
  const { record, chunks } = run(strategy, data, how, {}, set);
  const { state, finalCash, finalEquity, daily: samples } = record;
  return {
    state,
    finalCash,
    finalEquity,
    daily: samples,
    fills: record.fillCount,
    metrics: Object.fromEntries(
      Object.entries(curveMetrics(curveOf(record))).map(([name, { value }]) => [name, value]),
    ),
    orders: chunks.flatMap(chunk => [...chunk.orders]),
    fillRows: chunks.flatMap(chunk => [...chunk.fills]),
  };
}

function sliced(
  strategy: Strategy,
  data: Data,
  all: readonly ParamSet[],
  how: Partial<RunOptions>,
  blockSteps?: number,
): Result[] {
  const rowsOf = all.map(() => ({ orders: [] as number[], fillRows: [] as number[] }));
  const results: Result[] = [];
  const input = {
    sets: all,
    metrics: [],
    feeds: Object.values(feedsOf(data)),
    options: { ...DEFAULT_RUN_OPTIONS, ...how },
  };
  const hooks: SliceHooks = {
    onChunk(index, { orders, fills }) {
      rowsOf[index]!.orders.push(...orders);
      rowsOf[index]!.fillRows.push(...fills);
    },
    onRun(index, { positions: _positions, ...result }) {
      results[index] = { ...result, ...rowsOf[index]! };
    },
    progress: new Int32Array(1),
    shouldStop: () => false,
  };
  runSlice(strategy, input, hooks, blockSteps);
  return results;
}
