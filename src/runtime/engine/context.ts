/** What the strategy's functions are given: one object per run, whose views always show the current bar. */
import type { BarContext, Definition, Indicators, Setup } from '../sdk/define-strategy.ts';
import { MAIN_FEED } from '../sdk/define-strategy.ts';
import type { Fill } from '../sdk/orders.ts';
import type { ParamValue } from '../sdk/params.ts';
import type { Parts } from './assemble.ts';
import type { Market } from './market.ts';
import { OrderEntry } from './order-entry.ts';
import { LiveAccount, type LiveFeed, LivePosition } from './views.ts';

/** What the strategy declared, resolved for this run. */
export interface OwnValues {
  readonly params: Values;
  readonly ind: Indicators;
  readonly state: unknown;
}

type Values = Readonly<Record<string, ParamValue>>;
/** The context with the names of one strategy forgotten. */
export type AnyContext = BarContext<Record<never, never>, string, Indicators, unknown>;
export type AnySetup = Setup<Record<never, never>, string>;

/** Declared defaults, with the run's values over them. */
export function paramsOf(definition: Definition, values: Values): Values {
  const defaults = Object.entries(definition.params ?? {}).map(([name, param]) => [name, param.default] as const);
  return Object.freeze({ ...Object.fromEntries(defaults), ...values });
}

/** What `indicators` and `signals` get. */
export function makeSetup(names: readonly string[], feeds: readonly LiveFeed[], params: Values): AnySetup {
  return { ...pricesOf(feeds[0]!), params: params as never, bars: named(names, feeds) };
}

/** What `onBar` and its like get. A class, so that reading a member is a plain load. */
export class LiveContext implements AnyContext {
  readonly open: LiveFeed['open'];
  readonly high: LiveFeed['high'];
  readonly low: LiveFeed['low'];
  readonly close: LiveFeed['close'];
  readonly volume: LiveFeed['volume'];
  readonly params: AnyContext['params'];
  readonly ind: Indicators;
  readonly state: unknown;
  readonly bar: LiveFeed;
  readonly bars: Readonly<Record<string, LiveFeed>>;
  readonly order: OrderEntry;
  readonly orders: Readonly<Record<string, OrderEntry>>;
  readonly position: LivePosition;
  readonly positions: Readonly<Record<string, LivePosition>>;
  readonly account: LiveAccount;
  /** While `onFill` runs: the fill it is told of. */
  fill: Fill | undefined = undefined;
  readonly #timeline: Parts['timeline'];

  constructor(parts: Parts, feeds: readonly LiveFeed[], own: OwnValues) {
    const bar = feeds[0]!;
    this.open = bar.open;
    this.high = bar.high;
    this.low = bar.low;
    this.close = bar.close;
    this.volume = bar.volume;
    this.params = own.params as never;
    this.ind = own.ind;
    this.state = own.state;
    this.bar = bar;
    this.bars = named(parts.feeds, feeds);
    const entries = perFeed(parts, market => new OrderEntry(market, parts));
    this.order = entries[0]!;
    this.orders = named(parts.feeds, entries);
    const positions = perFeed(parts, market => new LivePosition(market));
    this.position = positions[0]!;
    this.positions = named(parts.feeds, positions);
    this.account = new LiveAccount(parts.ledger);
    this.#timeline = parts.timeline;
  }

  get time(): number {
    return this.#timeline.now;
  }
}

/** One view per market, under every feed of its product. */
function perFeed<T>({ markets, marketOf }: Parts, make: (market: Market) => T): readonly T[] {
  const views = markets.map(make);
  return marketOf.map(market => views[market.index]!);
}

function pricesOf({ open, high, low, close, volume }: LiveFeed) {
  return { open, high, low, close, volume };
}

/** Views under the names of the feeds; a strategy that names no feeds has none. */
function named<T>(names: readonly string[], views: readonly T[]): Readonly<Record<string, T>> {
  const isUnnamed = names.length === 1 && names[0] === MAIN_FEED;
  return isUnnamed ? {} : Object.fromEntries(names.map((feed, k) => [feed, views[k]!]));
}
