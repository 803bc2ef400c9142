/** The `signals` form and `if (enter) target(1); else if (exit) target(0)` in `onBar` are the same strategy. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Series, Signal, Strategy } from '../../src/runtime/index.ts';
import { crossesAbove, crossesBelow, defineStrategy, ema, rsi, sig, sma } from '../../src/runtime/index.ts';
import { type Data, daily, type Outcome, run } from '../helpers/engine.ts';
import { events, options, rows } from '../helpers/random-runs.ts';

type Values = Readonly<Record<string, Series>>;

/** A condition in both forms. */
interface Condition {
  readonly text: string;
  readonly signal: (ind: Values) => Signal;
  readonly now: (ind: Values) => boolean;
}

const SERIES = ['close', 'fast', 'slow', 'power'] as const;
const name = fc.constantFrom(...SERIES);
const level = fc.integer({ min: 20, max: 120 });

const comparison: fc.Arbitrary<Condition> = fc
  .record({
    kind: fc.constantFrom('above', 'below', 'crossesAbove', 'crossesBelow'),
    a: name,
    b: fc.oneof(name, level),
  })
  .map(({ kind, a, b }) => {
    const other = (ind: Values): Series | number => (typeof b === 'number' ? b : ind[b]!);
    const value = (ind: Values): number => (typeof b === 'number' ? b : ind[b]!.value);
    const now = {
      above: (ind: Values) => ind[a]!.value > value(ind),
      below: (ind: Values) => ind[a]!.value < value(ind),
      crossesAbove: (ind: Values) => crossesAbove(ind[a]!, other(ind)),
      crossesBelow: (ind: Values) => crossesBelow(ind[a]!, other(ind)),
    } as const;
    const known = kind as keyof typeof now;
    return { text: `${kind}(${a}, ${b})`, signal: ind => sig[known](ind[a]!, other(ind)), now: now[known] };
  });

const { condition } = fc.letrec<{ condition: Condition }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    tie('condition').map(
      (a): Condition => ({ text: `not ${a.text}`, signal: ind => a.signal(ind).not(), now: ind => !a.now(ind) }),
    ),
    fc.tuple(tie('condition'), tie('condition')).map(
      ([a, b]): Condition => ({
        text: `(${a.text} and ${b.text})`,
        signal: ind => a.signal(ind).and(b.signal(ind)),
        now: ind => a.now(ind) && b.now(ind),
      }),
    ),
    fc.tuple(tie('condition'), tie('condition')).map(
      ([a, b]): Condition => ({
        text: `(${a.text} or ${b.text})`,
        signal: ind => a.signal(ind).or(b.signal(ind)),
        now: ind => a.now(ind) || b.now(ind),
      }),
    ),
  ),
}));

const periods = fc.record({
  fast: fc.integer({ min: 1, max: 15 }),
  slow: fc.integer({ min: 1, max: 40 }),
  power: fc.integer({ min: 2, max: 14 }),
});
const declared = (lengths: { fast: number; slow: number; power: number }) => ({
  indicators: ({ close }: { close: Series }) => ({
    fast: sma(close, lengths.fast),
    slow: ema(close, lengths.slow),
    power: rsi(close, lengths.power),
  }),
});

/** Long enough to cross two borders of blocks. */
const market = fc.oneof(rows(1, 60), rows(1_030, 1_100));

/** One feed, which the engine skips through, or two, which it walks. */
const data: fc.Arbitrary<Data> = fc.oneof(
  fc.tuple(market, events(50)).map(([bars, ofA]) => daily(bars, ofA)),
  fc
    .tuple(rows(1, 60), rows(1, 60), events(50))
    .map(([a, b, ofA]) => ({ a: daily(a, ofA), b: daily(b, { symbol: 'B', fromDay: 3 }) })),
);

test('both forms give the same fills, orders, equity and final state', () => {
  fc.assert(
    fc.property(data, condition, condition, periods, options, (feeds, enter, exit, lengths, how) => {
      const head = 'bars' in feeds ? {} : { data: { a: 'a', b: 'b' } };
      const bySignals = defineStrategy({
        name: 'signals',
        ...head,
        ...declared(lengths),
        signals: ({ close, ind }) => ({ enter: enter.signal({ ...ind, close }), exit: exit.signal({ ...ind, close }) }),
      });
      const byHand = defineStrategy({
        name: 'by hand',
        ...head,
        ...declared(lengths),
        onBar: ({ close, ind, order }) => {
          const values = { ...ind, close };
          if (enter.now(values)) order.target(1);
          else if (exit.now(values)) order.target(0);
        },
      });
      const results = (strategy: Strategy) => essence(run(strategy, feeds, how));
      expect(results(bySignals)).toEqual(results(byHand));
    }),
    { numRuns: 300 },
  );
});

function essence({ fills, orders, cash, equity, record }: Outcome) {
  const { state, finalCash, finalEquity, daily, positions, drawdown, stepsInMarket, firstStep, steps } = record;
  return {
    fills,
    orders,
    cash,
    equity,
    state,
    finalCash,
    finalEquity,
    daily,
    positions,
    drawdown,
    stepsInMarket,
    firstStep,
    steps,
  };
}
