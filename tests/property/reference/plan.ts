/** Random bars, accounts and orders. Prices are on a coarse grid, so that they often meet exactly. */
import fc from 'fast-check';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import type { TimeInForce } from '../../../src/runtime/index.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import { aroundTheClock, daily, intraday, type Row } from '../../helpers/engine.ts';
import { fees } from '../../helpers/random-runs.ts';
import type { Traded } from './account.ts';

/** All prices are whole steps of it. */
export const GRID = 0.5;
const LOWEST = 100;

/** From one bar to the next, in steps of the grid. */
interface Move {
  readonly gap: number;
  readonly body: number;
  readonly up: number;
  readonly down: number;
  readonly isFlat: boolean;
  readonly volume: number;
}

/** Quiet bars, bars that move, gaps, flat ones, and some that nothing or little is traded in. */
const move: fc.Arbitrary<Move> = fc.record({
  gap: fc.constantFrom(0, 0, 0, 1, -1, 2, -2, 9, -9),
  body: fc.integer({ min: -6, max: 6 }),
  up: fc.constantFrom(0, 0, 1, 2, 5, 9),
  down: fc.constantFrom(0, 0, 1, 2, 5, 9),
  isFlat: fc.constantFrom(false, false, false, false, true),
  volume: fc.constantFrom(1_000_000, 1_000_000, 1_000, 100, 0),
});

function rowsOf(moves: readonly Move[]): Row[] {
  let last = 200;
  return moves.map(({ gap, body, up, down, isFlat, volume }): Row => {
    const open = Math.max(LOWEST, last + gap);
    const close = isFlat ? open : Math.max(LOWEST, open + body);
    last = close;
    const high = isFlat ? open : Math.max(open, close) + up;
    const low = isFlat ? open : Math.min(open, close) - down;
    return [open * GRID, high * GRID, low * GRID, close * GRID, volume];
  });
}

/** Daily bars, hours of a stock, or bars of six hours of a market that never closes. */
type Kind = 'daily' | 'hours' | 'clock';

export interface Plan {
  readonly kind: Kind;
  readonly barsADay: number;
  readonly rows: readonly Row[];
  /** What is ordered at the close of each bar. */
  readonly acts: readonly (readonly Act[])[];
  readonly options: Partial<RunOptions>;
  readonly traded: Traded;
}

/** What a strategy does at the close of a bar; prices are steps of the grid away from the close. */
export interface Act {
  readonly what: What;
  readonly quantity: number;
  readonly near: number;
  /** Beside the grid, so that prices are rounded to the tick. */
  readonly beside: number;
  readonly far: number;
  readonly bracket: number;
  readonly life: TimeInForce;
  readonly hours: number;
  readonly which: number;
}

const WHATS = [
  'target',
  'targetQuantity',
  'market',
  'marketOnOpen',
  'marketOnClose',
  'limit',
  'stop',
  'stopLimit',
  'trailingStop',
  'group',
  'modify',
  'resize',
  'cancel',
  'cancelAll',
] as const;
export type What = (typeof WHATS)[number];

const distance = fc.integer({ min: -10, max: 10 });
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom(...WHATS),
  quantity: fc.oneof(fc.integer({ min: 1, max: 700 }), fc.integer({ min: -700, max: -1 })),
  near: distance,
  beside: fc.constantFrom(0, 0, 0, 0.02),
  far: distance,
  bracket: fc.nat(7),
  life: fc.constantFrom<TimeInForce[]>('gtc', 'gtc', 'day', 'ioc', 'gtd'),
  hours: fc.integer({ min: 1, max: 80 }).map(halves => halves / 2),
  which: fc.nat(5),
});

/** Bars with the orders that are given at their close: taken out together, where a failure is made smaller. */
const steps = fc.array(fc.record({ move, acts: fc.oneof(fc.constant([]), fc.array(act, { maxLength: 3 })) }), {
  minLength: 2,
  maxLength: 24,
  size: 'max',
});

/** The engine comes near to what a target may cost in a few rounds: with rates and such leverage, to eight digits. */
const MARGIN_CALLS: Partial<RunOptions> = {
  leverage: 5,
  maintenanceMargin: 0.18,
  fee: { kind: 'fixed', perFill: 1.5 },
  slippage: { kind: 'none' },
};

const options: fc.Arbitrary<Partial<RunOptions>> = fc
  .record({
    fee: fees,
    slippage: fc.constantFrom<RunOptions['slippage'][]>(
      { kind: 'none' },
      { kind: 'rate', rate: 0.001 },
      { kind: 'fixed', perUnit: 0.05 },
    ),
    sizing: fc.constantFrom<RunOptions['sizing'][]>('fill', 'decision'),
    limitFill: fc.constantFrom<RunOptions['limitFill'][]>('through', 'touch'),
    margin: fc.constantFrom<Partial<RunOptions>[]>({}, {}, { leverage: 2 }, MARGIN_CALLS),
    allowShort: fc.boolean(),
    maxParticipation: fc.constantFrom(undefined, undefined, 0.2, 1),
    ambiguousBars: fc.constantFrom(undefined, 'best' as const),
    borrow: fc.constantFrom(undefined, undefined, 0.5),
    interest: fc.constantFrom(undefined, undefined, 0.3),
    marginInterest: fc.constantFrom(undefined, undefined, 0.6),
  })
  .map(({ margin, ...each }) => ({ ...each, ...margin }))
  .map(each => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)));

export const plans: fc.Arbitrary<Plan> = fc
  .record({
    kind: fc.constantFrom<Kind[]>('daily', 'hours', 'clock'),
    barsADay: fc.integer({ min: 1, max: 4 }),
    steps,
    options,
    traded: fc.record({
      lot: fc.constantFrom(0, 0, 0.1, 1, 10),
      tick: fc.constantFrom(0, 0, 0.05),
      multiplier: fc.constantFrom(1, 1, 1, 2),
      spread: fc.constantFrom(0, 0, 0, 0.1),
    }),
  })
  .map(({ steps, ...rest }) => ({
    ...rest,
    rows: rowsOf(steps.map(each => each.move)),
    acts: steps.map(each => each.acts),
  }));

export function feedOf({ kind, barsADay, rows, traded }: Plan): Dataset {
  const { spread, ...product } = traded;
  const traits = { product, ...(spread > 0 && { spread }) };
  if (kind === 'daily') return daily(rows, traits);
  if (kind === 'clock') return aroundTheClock(6, rows, traits);
  const days = Array.from({ length: Math.ceil(rows.length / barsADay) }, (_, day) =>
    rows.slice(day * barsADay, (day + 1) * barsADay),
  );
  return intraday(60, days, traits);
}
