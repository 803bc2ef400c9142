/** What the strategy's functions are given: one object per run, whose views always show the current bar. */
import type { BarContext, Definition, Indicators, Setup } from '../sdk/define-strategy.ts';
import type { ParamValue } from '../sdk/params.ts';
import { MAIN_FEED } from '../sdk/define-strategy.ts';
import type { Parts } from './assemble.ts';
import { OrderEntry } from './order-entry.ts';
import { LiveAccount, LiveFeed, LivePosition } from './views.ts';

type Values = Readonly<Record<string, ParamValue>>;
/** The context with the names of one strategy forgotten. */
export type AnyContext = BarContext<Record<never, never>, string, Indicators, unknown>;
export type AnySetup = Setup<Record<never, never>, string>;

/** Declared defaults, with the run's values over them. */
export function paramsOf(definition: Definition, values: Values): Values {
  const defaults = Object.entries(definition.params ?? {}).map(([name, param]) => [name, param.default] as const);
  return Object.freeze({ ...Object.fromEntries(defaults), ...values });
}

export function makeFeeds(parts: Parts): readonly LiveFeed[] {
  return parts.timeline.clocks.map(clock => new LiveFeed(clock, parts.timeline));
}

/** What `indicators` and `signals` get. */
export function makeSetup(parts: Parts, feeds: readonly LiveFeed[], params: Values): AnySetup {
  return { ...pricesOf(feeds[0]!), params: params as never, bars: named(parts, feeds) };
}

/** What `onBar` and its like get. */
export function makeContext(
  parts: Parts,
  feeds: readonly LiveFeed[],
  own: { readonly params: Values; readonly ind: Indicators; readonly state: unknown },
): AnyContext {
  const entries = parts.markets.map(market => new OrderEntry(market, parts));
  const positions = parts.markets.map(market => new LivePosition(market));
  const byMarket = <T>(views: readonly T[]): readonly T[] => parts.marketOf.map(market => views[market.index]!);
  const { timeline } = parts;
  return {
    ...pricesOf(feeds[0]!),
    params: own.params as never,
    ind: own.ind,
    state: own.state,
    bar: feeds[0]!,
    bars: named(parts, feeds),
    order: byMarket(entries)[0]!,
    orders: named(parts, byMarket(entries)),
    position: byMarket(positions)[0]!,
    positions: named(parts, byMarket(positions)),
    account: new LiveAccount(parts.ledger),
    get time() {
      return timeline.now;
    },
  };
}

function pricesOf({ open, high, low, close, volume }: LiveFeed) {
  return { open, high, low, close, volume };
}

/** Views under the names of the feeds; a strategy that names no feeds has none. */
function named<T>(parts: Parts, views: readonly T[]): Readonly<Record<string, T>> {
  const isUnnamed = parts.feeds.length === 1 && parts.feeds[0] === MAIN_FEED;
  return isUnnamed ? {} : Object.fromEntries(parts.feeds.map((feed, k) => [feed, views[k]!]));
}
