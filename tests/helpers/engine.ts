/**
 * Runs strategies on hand-written bars and tells what happened in words.
 * `run({ 0: ({ order }) => order.market(10) }, daily([...]))` orders at the close of bar 0.
 */
import { CASH, CASH_KINDS, CASH_WIDTH } from '../../src/runtime/engine/cash-log.ts';
import { FILL, FILL_FLAG, FILL_WIDTH } from '../../src/runtime/engine/fill-log.ts';
import { END_REASONS, ORDER, ORDER_KINDS, ORDER_STATES, ORDER_WIDTH } from '../../src/runtime/engine/order-log.ts';
import type { RunRecord } from '../../src/runtime/engine/record.ts';
import type { Chunk, RunHooks } from '../../src/runtime/engine/run-io.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../../src/runtime/engine/run-options.ts';
import { runStrategy } from '../../src/runtime/engine/run-strategy.ts';
import { type BarContext, defineStrategy, type FillContext, type Strategy } from '../../src/runtime/index.ts';
import { MS_PER_DAY } from '../../src/runtime/market/civil-date.ts';
import type { Dataset } from '../../src/runtime/market/dataset.ts';
import type { CorporateAction, FundingRate } from '../../src/runtime/market/holder-events.ts';
import type { Product } from '../../src/runtime/market/product.ts';
import { productOf } from '../../src/runtime/market/product-defaults.ts';

/** One bar; volume 1,000,000 where it is not said. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume?: number | undefined];
type Names = 'a' | 'b';
type None = Record<never, never>;
export type Context = BarContext<None, Names, None, { calls: number }>;
export type OnFill = (context: FillContext<None, Names, None, { calls: number }>) => void;

/** What a strategy does at the close of some bars: by number of the step, the first is 0. */
export type Script = Readonly<Record<number, (context: Context) => void>>;
/** One feed, or feeds by name, the traded one first. */
export type Data = Dataset | Readonly<Partial<Record<Names, Dataset>>>;

export const HOUR = 3_600_000;
/** Midnight, UTC, of the first day of all bars: 2024-01-01. */
const DAY_0 = Date.UTC(2024, 0, 1);
/** When New York opens on day `day`, epoch milliseconds. */
export const opening = (day: number): number => DAY_0 + day * MS_PER_DAY + 14.5 * HOUR;

export interface Traits {
  readonly symbol?: string;
  readonly product?: Partial<Product>;
  /** Ask minus bid of every bar. */
  readonly spread?: number;
  /** Number of the first bar's day. */
  readonly fromDay?: number;
  readonly actions?: readonly CorporateAction[];
  readonly funding?: readonly FundingRate[];
}

/** Daily bars of a US stock, one a day, weekends included. */
export function daily(rows: readonly Row[], traits: Traits = {}): Dataset {
  const { fromDay = 0 } = traits;
  const times = rows.map((_, day) => opening(day + fromDay));
  return datasetOf(rows, times, 6.5 * HOUR, traits);
}

/** Bars of a US stock of so many minutes: a list of bars for each day, from its open on. */
export function intraday(minutes: number, days: readonly (readonly Row[])[], traits: Traits = {}): Dataset {
  const { fromDay = 0 } = traits;
  const times = days.flatMap((day, index) => day.map((_, bar) => opening(index + fromDay) + bar * minutes * 60_000));
  return datasetOf(days.flat(), times, minutes * 60_000, traits);
}

/** Bars of a market that never closes, of so many hours each, from midnight on. */
export function aroundTheClock(hours: number, rows: readonly Row[], traits: Traits = {}): Dataset {
  const times = rows.map((_, bar) => DAY_0 + bar * hours * HOUR);
  return datasetOf(rows, times, hours * HOUR, { ...traits, product: { calendar: '24/7', ...traits.product } });
}

/** Bars that never move from a price. */
export const flat = (count: number, price = 100): Row[] => Array.from({ length: count }, () => at(price));
/** A bar that opens, stays and closes at one price. */
export const at = (price: number, volume?: number): Row => [price, price, price, price, volume];

function datasetOf(rows: readonly Row[], times: readonly number[], durationMs: number, traits: Traits): Dataset {
  const { symbol = 'A', product = {}, spread, actions, funding } = traits;
  const column = (index: 0 | 1 | 2 | 3 | 4): Float64Array => Float64Array.from(rows, row => row[index] ?? 1_000_000);
  const bars = {
    length: rows.length,
    durationMs,
    time: Float64Array.from(times),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    session: Int32Array.from(times, time => Math.floor(time / MS_PER_DAY)),
    ...(spread !== undefined && { spread: new Float64Array(rows.length).fill(spread) }),
  };
  const id = `stock.${symbol}.usa`;
  return {
    name: `${id}@bars`,
    hash: '',
    product: { ...productOf(id), ...product },
    bars,
    ...(actions && { actions }),
    ...(funding && { funding }),
  };
}

export interface FillSeen {
  readonly bar: number;
  readonly step: number;
  readonly time: number;
  readonly product: string;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  readonly slippage: number;
  readonly order: number;
  readonly flags: readonly string[];
}

export interface OrderSeen {
  readonly id: number;
  readonly product: string;
  readonly kind: string;
  readonly quantity: number;
  readonly limit: number;
  readonly stop: number;
  readonly target: number;
  readonly submitted: number;
  readonly ended: number;
  readonly state: string;
  readonly reason: string;
  readonly filled: number;
  readonly parent: number;
}

export interface CashSeen {
  readonly step: number;
  readonly time: number;
  /** Undefined: of the whole account. */
  readonly product: string | undefined;
  readonly kind: string;
  readonly amount: number;
  readonly ratio: number;
}

export interface Outcome {
  readonly fills: readonly FillSeen[];
  /** In the order in which they ended. */
  readonly orders: readonly OrderSeen[];
  readonly cash: readonly CashSeen[];
  readonly record: RunRecord;
  readonly chunks: readonly Chunk[];
  /** Equity at every step. */
  readonly equity: readonly number[];
}

type Play = Strategy | Script | ((context: Context) => void);

export function run(
  play: Play,
  data: Data,
  options: Partial<RunOptions> = {},
  hooks: Partial<RunHooks> = {},
  params: Readonly<Record<string, number>> = {},
): Outcome {
  const chunks: Chunk[] = [];
  const feeds = feedsOf(data);
  const record = runStrategy(
    isStrategy(play) ? play : script(play, data),
    { params, feeds: Object.values(feeds), options: { ...DEFAULT_RUN_OPTIONS, ...options } },
    {
      onChunk: ({ time, equity, ...chunk }) => chunks.push({ ...chunk, time: time.slice(), equity: equity.slice() }),
      progress: new Int32Array(1),
      shouldStop: () => false,
      ...hooks,
    },
  );
  const ids = record.products.map(product => product.id);
  return {
    fills: rowsOf(record.fills, FILL_WIDTH).map(row => fillOf(row, ids)),
    orders: rowsOf(record.orders, ORDER_WIDTH).map(row => orderOf(row, ids)),
    cash: rowsOf(record.cash, CASH_WIDTH).map(row => cashOf(row, ids)),
    record,
    chunks,
    equity: chunks.flatMap(chunk => [...chunk.equity]),
  };
}

/** A strategy that follows a script, or calls a function at every bar. */
export function script(play: Script | ((context: Context) => void), data: Data, onFill?: OnFill): Strategy {
  const onBar = typeof play === 'function' ? play : (context: Context) => play[context.state.calls++]?.(context);
  const feeds = isDataset(data) ? {} : { data: namesOf(data) as Record<Names, string> };
  return defineStrategy({ name: 'script', ...feeds, state: () => ({ calls: 0 }), onBar, ...(onFill && { onFill }) });
}

/** Fills in short: `1: +10 @ 99` for ten bought at 99 on bar 1. With several products: `1: +10 a @ 99`. */
export function told(fills: readonly FillSeen[]): string[] {
  const isOne = fills.every(({ product }) => product === fills[0]!.product);
  return fills.map(({ bar, quantity, price, product }) => {
    const symbol = isOne ? '' : ` ${product.split('.')[1]!.toLowerCase()}`;
    return `${bar}: ${quantity > 0 ? '+' : ''}${neat(quantity)}${symbol} @ ${neat(price)}`;
  });
}

/** Cash without a fill, in short: `2: interest 1.5`, `3: split x 2`; a product is named where there are several. */
export function booked(cash: readonly CashSeen[]): string[] {
  const isOne = cash.every(({ product }) => product === undefined || product === cash[0]!.product);
  return cash.map(({ step, kind, amount, ratio, product }) => {
    const symbol = isOne || product === undefined ? '' : ` ${product.split('.')[1]!.toLowerCase()}`;
    return `${step}: ${kind}${symbol} ${kind === 'split' ? `x ${neat(ratio)}` : neat(amount)}`;
  });
}

/** How orders ended, in short: `stop filled`, `limit cancelled, other-filled`. */
export function endings(orders: readonly OrderSeen[]): string[] {
  return orders.map(({ kind, state, reason }) =>
    reason === 'none' ? `${kind} ${state}` : `${kind} ${state}, ${reason}`,
  );
}

/** Without the last bits that decimal fractions leave. */
const neat = (value: number): number => Number(value.toPrecision(12));

const isDataset = (data: Data): data is Dataset => 'bars' in data;
export const feedsOf = (data: Data): Readonly<Record<string, Dataset>> =>
  isDataset(data) ? { main: data } : { ...data };
const namesOf = (data: Data) =>
  Object.fromEntries(Object.entries(feedsOf(data)).map(([feed, { name }]) => [feed, name]));
const isStrategy = (play: Play): play is Strategy => 'definition' in play;

function rowsOf(pieces: readonly Float64Array[], width: number): Float64Array[] {
  return pieces.flatMap(piece =>
    Array.from({ length: piece.length / width }, (_, row) => piece.subarray(row * width, (row + 1) * width)),
  );
}

function fillOf(row: Float64Array, ids: readonly string[]): FillSeen {
  const value = (column: keyof typeof FILL): number => row[FILL[column]]!;
  return {
    bar: value('bar'),
    step: value('step'),
    time: value('time'),
    product: ids[value('product')]!,
    quantity: value('quantity'),
    price: value('price'),
    fee: value('fee'),
    slippage: value('slippage'),
    order: value('order'),
    flags: Object.entries(FILL_FLAG).flatMap(([name, bit]) => (value('flags') & bit ? [name] : [])),
  };
}

function orderOf(row: Float64Array, ids: readonly string[]): OrderSeen {
  const value = (column: keyof typeof ORDER): number => row[ORDER[column]]!;
  return {
    id: value('id'),
    product: ids[value('product')]!,
    kind: ORDER_KINDS[value('kind')]!,
    quantity: value('quantity'),
    limit: value('limit'),
    stop: value('stop'),
    target: value('target'),
    submitted: value('submitted'),
    ended: value('ended'),
    state: ORDER_STATES[value('state')]!,
    reason: END_REASONS[value('reason')]!,
    filled: value('filled'),
    parent: value('parent'),
  };
}

function cashOf(row: Float64Array, ids: readonly string[]): CashSeen {
  const value = (column: keyof typeof CASH): number => row[CASH[column]]!;
  return {
    step: value('step'),
    time: value('time'),
    product: ids[value('product')],
    kind: CASH_KINDS[value('kind')]!,
    amount: value('amount'),
    ratio: value('ratio'),
  };
}
