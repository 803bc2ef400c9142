/** The engine against a second one, plain and slow, that was written from docs/semantics.md: `reference/engine.ts`. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_RUN_OPTIONS } from '../../src/runtime/engine/run-options.ts';
import { type Context, run } from '../helpers/engine.ts';
import { barsOf } from './reference/bar.ts';
import { ReferenceEngine, type ReferenceOutcome } from './reference/engine.ts';
import { feedOf, type Plan, plans } from './reference/plan.ts';
import { Player } from './reference/player.ts';
import { storyOf } from './reference/story.ts';

const byEngine = (plan: Plan): ReferenceOutcome => {
  const player = new Player(plan);
  const act = ({ order, close, time }: Context): void => player.onBar({ orders: order, close: close.value, now: time });
  const { fills, orders, record, equity } = run(act, feedOf(plan), plan.options);
  const kinds = new Map(orders.map(({ id, kind }) => [id, kind]));
  return {
    fills: fills.map(({ bar, order, quantity, price, fee }) => ({
      bar,
      order,
      kind: kinds.get(order)!,
      quantity,
      price,
      fee,
    })),
    orders: orders.map(({ id, kind, state, filled }) => ({ id, kind, state, filled })).sort((a, b) => a.id - b.id),
    ambiguousBars: record.ambiguousBars,
    cash: record.finalCash,
    position: record.positions[0]!.quantity,
    equity,
  };
};

const byReference = (plan: Plan): ReferenceOutcome => {
  const { traded, options, kind } = plan;
  const bars = barsOf(feedOf(plan).bars, kind === 'daily');
  const engine = new ReferenceEngine(bars, { ...DEFAULT_RUN_OPTIONS, ...options }, traded);
  const player = new Player(plan);
  return engine.run((orders, { close, closesAt }) => player.onBar({ orders, close, now: closesAt }));
};

/** Of quantities and prices; sums of them may be less than what was added up. */
const USUAL = 100;

/** The two add up in another order, so numbers agree to nine digits, cash to nine digits of what a run starts with. */
function agreed(seen: unknown, expected: unknown, atLeast = USUAL): unknown {
  if (typeof seen === 'number' && typeof expected === 'number') {
    const scale = Math.max(atLeast, Math.abs(expected));
    return Math.abs(seen - expected) <= 1e-9 * scale ? expected : seen;
  }
  if (typeof seen !== 'object' || seen === null || typeof expected !== 'object' || expected === null) return seen;
  const entries = Object.entries(seen).map(([key, value]) => {
    const isMoney = key === 'cash' || key === 'equity';
    return [key, agreed(value, Reflect.get(expected, key), isMoney ? DEFAULT_RUN_OPTIONS.cash : atLeast)];
  });
  return Array.isArray(seen) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** More by hand, with a variable of the environment. */
const RUNS = Number(process.env.GOBOOL_REFERENCE_RUNS ?? 3_000);

test(
  'fills, fees, cash and position are those of the reference',
  () => {
    fc.assert(
      fc.property(plans, plan => {
        const reference = byReference(plan);
        const engine = agreed(byEngine(plan), reference);
        if (!isDeepStrictEqual(engine, reference)) expect(engine, storyOf(plan)).toEqual(reference);
      }),
      { numRuns: RUNS },
    );
  },
  RUNS * 20,
);
