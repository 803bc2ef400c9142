/** Random bars, options and orders for property tests of the engine. */
import fc from 'fast-check';
import type { RunOptions } from '../../src/runtime/engine/run-options.ts';
import type { Bracket, Order, Orders, TimeInForce } from '../../src/runtime/index.ts';
import type { CorporateAction, FundingRate } from '../../src/runtime/market/holder-events.ts';
import { type Context, HOUR, opening, type Row } from './engine.ts';

const price = (value: number): number => Math.round(value * 100) / 100;

/** Bars that walk: each opens near the last close, some with a gap, and volume is sometimes thin. */
export function rows(minLength: number, maxLength: number): fc.Arbitrary<Row[]> {
  const move = fc.integer({ min: -40, max: 40 });
  const part = fc.nat(30);
  const bar = fc.tuple(move, move, part, part, fc.constantFrom(50, 1_000, 1_000_000));
  return fc.array(bar, { minLength, maxLength, size: 'max' }).map(moves => {
    let last = 100;
    return moves.map(([gap, body, up, down, volume]): Row => {
      const open = price(Math.max(5, last * (1 + gap / 1_000)));
      const close = price(Math.max(5, open * (1 + body / 1_000)));
      last = close;
      const high = price(Math.max(open, close) * (1 + up / 1_000));
      const low = price(Math.min(open, close) * (1 - down / 1_000));
      return [open, high, low, close, volume];
    });
  });
}

export const fees = fc.constantFrom<RunOptions['fee'][]>(
  { kind: 'none' },
  { kind: 'rate', rate: 0.001 },
  { kind: 'per-share', perShare: 0.005, min: 1 },
  { kind: 'fixed', perFill: 1.5 },
  { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 },
);

export const options: fc.Arbitrary<Partial<RunOptions>> = fc
  .record({
    fee: fees,
    slippage: fc.constantFrom<RunOptions['slippage'][]>(
      { kind: 'none' },
      { kind: 'rate', rate: 0.002 },
      { kind: 'fixed', perUnit: 0.05 },
    ),
    sizing: fc.constantFrom<RunOptions['sizing'][]>('fill', 'decision'),
    limitFill: fc.constantFrom<RunOptions['limitFill'][]>('through', 'touch'),
    leverage: fc.constantFrom(1, 1, 3),
    allowShort: fc.boolean(),
    lot: fc.constantFrom(0, 0, 1),
    maxParticipation: fc.constantFrom(undefined, undefined, 0.2),
    ambiguousBars: fc.constantFrom(undefined, 'best' as const),
    maintenanceMargin: fc.constantFrom(undefined, 0.1, 0.3),
    borrow: fc.constantFrom(undefined, undefined, 0.5),
    interest: fc.constantFrom(undefined, undefined, 0.3),
    marginInterest: fc.constantFrom(undefined, undefined, 0.6),
  })
  .map(each => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)));

/** Splits, dividends and funding of a product. */
export interface Events {
  readonly actions: readonly CorporateAction[];
  readonly funding: readonly FundingRate[];
}

/** Mostly none; splits and dividends come with a day's open, funding at any hour. */
export function events(days: number): fc.Arbitrary<Events> {
  const day = fc.integer({ min: 0, max: days });
  const action = fc
    .record({ day, ratio: fc.constantFrom(1, 1, 2, 0.5, 3), dividend: fc.constantFrom(0, 0.5, 3) })
    .map(({ day, ...rest }) => ({ time: opening(day), ...rest }));
  const rate = fc
    .record({ day, hour: fc.integer({ min: 0, max: 23 }), rate: fc.constantFrom(0.001, -0.002, 0.02) })
    .map(({ day, hour, rate }) => ({ time: opening(day) + hour * HOUR, rate }));
  const byTime = <T extends { readonly time: number }>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc
      .uniqueArray(each, { maxLength: 4, selector: ({ time }) => time })
      .map(all => all.sort((a, b) => a.time - b.time));
  return fc.record({ actions: byTime(action), funding: byTime(rate) });
}

/** What a random strategy does at one bar; distances are thousandths of the close. */
export interface Act {
  readonly step: number;
  readonly product: 'a' | 'b';
  readonly kind: number;
  readonly quantity: number;
  readonly near: number;
  readonly far: number;
  readonly bracket: number;
  readonly timeInForce: TimeInForce;
  /** Hours from now on, where the order is good till a date. */
  readonly hours: number;
}

export function acts(steps: number): fc.Arbitrary<Act[]> {
  const distance = fc.integer({ min: -30, max: 30 });
  const act = fc.record<Act>({
    step: fc.nat(steps - 1),
    product: fc.constantFrom('a', 'b'),
    kind: fc.nat(13),
    quantity: fc.integer({ min: -200, max: 300 }).filter(quantity => quantity !== 0),
    near: distance,
    far: distance,
    bracket: fc.nat(4),
    timeInForce: fc.constantFrom('gtc', 'day', 'ioc', 'gtd'),
    hours: fc.integer({ min: 1, max: 100 }),
  });
  return fc.array(act, { maxLength: 40, size: 'max' });
}

/** A strategy on feeds `a` and `b` that carries the acts out. */
export function perform(all: readonly Act[]) {
  return ({ state, orders, bars, time }: Context): void => {
    const step = state.calls++;
    for (const act of all) {
      if (act.step === step) carryOut(act, orders[act.product], bars[act.product].close.value, time);
    }
  };
}

function carryOut(act: Act, orders: Orders, close: number, now: number): void {
  const { kind, quantity, timeInForce, hours } = act;
  const near = price(close * (1 + act.near / 1_000));
  const far = price(close * (1 + act.far / 1_000));
  const bracket = bracketOf(act, close);
  const terms = { timeInForce, ...(timeInForce === 'gtd' && { goodTill: now + hours * HOUR }), ...bracket };
  const open = orders.open[0];
  const choices: (() => unknown)[] = [
    () => orders.target(quantity / 250, bracket),
    () => orders.target(quantity / 250, { ...bracket, rebalance: true }),
    () => orders.targetQuantity(quantity, bracket),
    () => orders.market(quantity, terms),
    () => orders.marketOnOpen(quantity, bracket),
    () => orders.marketOnClose(quantity, bracket),
    () => orders.limit(quantity, near, terms),
    () => orders.stop(quantity, near, terms),
    () => orders.stopLimit(quantity, near, far, terms),
    () => orders.trailingStop(quantity, { fraction: (Math.abs(act.far) + 1) / 1_000 }, terms),
    () => orders.oneCancelsOther(orders.limit(quantity, near, terms), orders.stop(quantity, far, terms)),
    () => open && orders.cancel(open),
    () => orders.cancelAll(),
    () => open && change(orders, open, near),
  ];
  choices[kind]!();
}

function bracketOf({ bracket, quantity }: Act, close: number): Bracket {
  const offset = price(close * 0.02);
  const [below, above] = quantity > 0 ? [close - offset, close + offset] : [close + offset, close - offset];
  const choices: Bracket[] = [
    {},
    {},
    { stopLoss: { offset }, takeProfit: { offset } },
    { stopLoss: price(below), takeProfit: price(above) },
    { stopLoss: { trail: offset } },
  ];
  return choices[bracket]!;
}

function change(orders: Orders, order: Order, to: number): void {
  if (!Number.isNaN(order.limit)) orders.modify(order, { limit: to });
  else if (order.kind === 'stop') orders.modify(order, { stop: to });
}
