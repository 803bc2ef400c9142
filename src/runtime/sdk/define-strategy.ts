/**
 * `defineStrategy`: one typed declaration. Names flow from declaration to use: `ind.fast`, `params.slow`, `bars.spy`
 * are known to the compiler, so a misspelling does not compile. One generic function with a union of the two forms,
 * because overloads give unreadable messages. `indicators` and `state` stand before `onBar`, else its context does not
 * know them.
 */
import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';
import type { Series } from '../indicators/series.ts';
import { describeParam, parseParam } from './check-params.ts';
import type { Fill, Orders } from './orders.ts';
import type { Param, ParamValue, ParamValues } from './params.ts';
import type { Signal } from './signals.ts';
import type { Account, FeedView, Position, PriceSeries } from './views.ts';

/**
 * What `indicators` returns: series by name, or records of series such as a band. The type of such a record is an
 * alias; an interface would not fit.
 */
export type Indicators = Readonly<Record<string, Series | Readonly<Record<string, Series>>>>;
type Params = Readonly<Record<string, Param<ParamValue>>>;

/** Why `ind` is empty: this name is what the compiler's message shows. */
type IndicatorsStandBeforeOnBar = { readonly [K in never]: Series };

/** A dataset, or one per named feed. */
type Data = string | Readonly<Record<string, string>>;
type FeedNames<D extends Data> = D extends string ? never : keyof D & string;

/** What indicators are declared from: the first feed's prices, every feed's prices by name, the parameters. */
export interface Setup<P, F extends string> extends PriceSeries {
  readonly params: ParamValues<P>;
  readonly bars: { readonly [K in F]: PriceSeries };
}

/** What a strategy sees and may do at the close of a bar. Orders and position without a name are the first feed's. */
export interface BarContext<P, F extends string, I, S> extends PriceSeries {
  readonly params: ParamValues<P>;
  readonly ind: I;
  readonly state: S;
  /** The first feed. */
  readonly bar: FeedView;
  readonly bars: { readonly [K in F]: FeedView };
  readonly order: Orders;
  readonly orders: { readonly [K in F]: Orders };
  readonly position: Position;
  readonly positions: { readonly [K in F]: Position };
  readonly account: Account;
  /** Now: the close of the current bar, epoch milliseconds, UTC. */
  readonly time: number;
}

export interface FillContext<P, F extends string, I, S> extends BarContext<P, F, I, S> {
  readonly fill: Fill;
}

/** What the fee function of a strategy gets. */
export interface FeeInput {
  readonly product: string;
  /** Signed: positive buys. */
  readonly quantity: number;
  readonly price: number;
  /** Quantity x price x multiplier, in cash, positive. */
  readonly value: number;
  /** Whether a resting limit order filled. */
  readonly maker: boolean;
}

/** Run options that the strategy brings along; configuration and flags are stronger. */
export interface AccountDefaults {
  readonly cash?: number;
  readonly leverage?: number;
  readonly allowShort?: boolean;
  readonly lot?: number;
  /** `'10bps'`, `'0.005/share,min=1'`, `'1.5'`, `'maker=2bps,taker=5bps'`, or a pure function of the fill, in cash. */
  readonly fee?: string | ((fill: FeeInput) => number);
  /** `'2bps'`, or price units: `'0.01'`. */
  readonly slippage?: string;
  /** Equity below this fraction of gross exposure is a margin call, which closes all positions at the next open. */
  readonly maintenanceMargin?: number;
  /** Rates a year, as fractions: on the value of short positions, on cash, and on cash that is owed. */
  readonly borrow?: number;
  readonly interest?: number;
  readonly marginInterest?: number;
  readonly maxParticipation?: number;
  readonly limitFill?: 'through' | 'touch';
  readonly sizing?: 'fill' | 'decision';
}

interface Head<P extends Params, D extends Data, I extends Indicators, S> {
  readonly name: string;
  /** Default dataset, or one per named feed; the first feed is the one that `order` trades. */
  readonly data?: D;
  readonly params?: P;
  readonly account?: AccountDefaults;
  /** Past values that every indicator keeps readable; 3,584 by default. */
  readonly history?: number;
  readonly indicators?: (setup: Setup<P, FeedNames<D>>) => I;
  /** Makes the strategy's own state, anew for every run; module variables would leak from run to run. */
  readonly state?: (setup: { readonly params: ParamValues<P> }) => S;
}

interface BarForm<P, F extends string, I, S> {
  /** Before the first `onBar`, at the same bar. */
  readonly onStart?: (context: BarContext<P, F, I, S>) => void;
  /** At each bar's close, once all indicators are defined. */
  readonly onBar: (context: BarContext<P, F, I, S>) => void;
  /** Once per fill, at the close of the fill's bar, before `onBar`. */
  readonly onFill?: (context: FillContext<P, F, I, S>) => void;
  /** After the last bar. */
  readonly onEnd?: (context: BarContext<P, F, I, S>) => void;
  readonly signals?: never;
}

interface SignalForm<P, F extends string, I> {
  /** `enter` sets target 1, else `exit` sets target 0, at each bar's close. */
  readonly signals: (setup: Setup<P, F> & { readonly ind: I }) => { readonly enter: Signal; readonly exit: Signal };
  readonly onBar?: never;
  readonly onStart?: never;
  readonly onFill?: never;
  readonly onEnd?: never;
}

/** A declared strategy; the default export of a strategy file. */
export interface Strategy {
  readonly name: string;
  /** For the engine. */
  readonly definition: Definition;
}

/** The declaration with its types forgotten: what the engine runs. */
export type Definition = Head<Params, Data, Indicators, unknown> &
  (BarForm<Params, string, Indicators, unknown> | SignalForm<Params, string, Indicators>);

/** The name of the feed of a strategy that does not name its feeds. */
export const MAIN_FEED = 'main';

/** Declares a strategy. */
export function defineStrategy<
  P extends Params = Record<never, never>,
  const D extends Data = string,
  I extends Indicators = IndicatorsStandBeforeOnBar,
  S = undefined,
>(definition: Head<P, D, I, S> & (BarForm<P, FeedNames<D>, I, S> | SignalForm<P, FeedNames<D>, I>)): Strategy {
  const { name, onBar, signals, data, history = 0, params = {} } = definition;
  refuseUnknown(definition);
  if (typeof name !== 'string' || name === '') throw wrongShape('`name` must be a text that is not empty.');
  // It stands in titles and lists, which a line break, or a terminal's command, would take apart.
  if (/\p{Cc}/u.test(name)) throw wrongShape('`name` must be one line of text, without control characters.');
  if ((typeof onBar === 'function') === (typeof signals === 'function')) {
    throw wrongShape('a strategy has either `onBar` or `signals`, as a function.');
  }
  if (signals !== undefined) refuseCallbacks(definition);
  refuseGenerators(definition);
  refuseOtherThanFunctions(definition);
  if (!isData(data)) throw wrongShape(`\`data\` must be ${DATA_FORMS}.`);
  // A ring of NaN bars would show what a whole block holds, bars of the future too.
  if (typeof history !== 'number' || !(history >= 0)) throw wrongShape('`history` must be a number of bars.');
  checkDefaults(params);
  return Object.freeze({ name, definition: definition as unknown as Definition });
}

const CALLBACKS = ['onStart', 'onFill', 'onEnd'];
const PARTS = ['name', 'data', 'params', 'account', 'history', 'indicators', 'state', 'onBar', 'signals', ...CALLBACKS];

/** A misspelt `onFill` would never be called, and a `warmup` never wait, in silence. */
function refuseUnknown(definition: object): void {
  for (const [part, value] of Object.entries(definition)) {
    if (value === undefined || PARTS.includes(part)) continue;
    throw wrongShape(`a strategy has no \`${part}\`.${didYouMean(part, PARTS)}`, PARTS_HINT);
  }
}

const PARTS_HINT = `It may have ${PARTS.join(', ')}.`;

function refuseCallbacks(definition: object): void {
  const found = CALLBACKS.find(part => (definition as Readonly<Record<string, unknown>>)[part] !== undefined);
  if (found !== undefined)
    throw wrongShape(`a strategy with \`signals\` has no \`${found}\`, only one with \`onBar\`.`);
}

/** Calling a generator function runs none of its lines, so that a strategy of them would do nothing, in silence. */
function refuseGenerators(definition: object): void {
  for (const [part, value] of Object.entries(definition)) {
    if (typeof value !== 'function' || !/Generator/.test(Object.prototype.toString.call(value))) continue;
    throw wrongShape(`\`${part}\` is a generator function, which runs nothing when it is called: leave the \`*\` out.`);
  }
}

/** A plain object as `state` would be shared by all runs of a sweep. */
function refuseOtherThanFunctions(definition: object): void {
  for (const part of ['indicators', 'state', ...CALLBACKS]) {
    const value = (definition as Readonly<Record<string, unknown>>)[part];
    if ((value ?? undefined) === undefined || typeof value === 'function') continue;
    throw wrongShape(`\`${part}\` must be a function${part === 'state' ? ': `state: () => ({ days: 0 })`' : ''}.`);
  }
}

const DATA_FORMS = "a dataset, 'stock.SPY.usa@1d', or one for each named feed, { spy: 'stock.SPY.usa@1d' }";

function isData(data: unknown): boolean {
  if (data === undefined || typeof data === 'string') return true;
  if (typeof data !== 'object' || data === null) return false;
  const datasets = Object.values(data);
  return datasets.length > 0 && datasets.every(dataset => typeof dataset === 'string');
}

/** A default is a value like any other: what `--set` refuses is no default either. */
function checkDefaults(params: Params): void {
  for (const [name, param] of Object.entries(params)) {
    if (!TYPES.has(param?.type)) throw wrongShape(`\`params.${name}\` must be made with int, float, bool or choice.`);
    if (parseParam(param, param.default) === param.default) continue;
    throw wrongShape(`the default of \`params.${name}\` must be ${describeParam(param)}, not ${param.default}.`);
  }
}

const TYPES: ReadonlySet<unknown> = new Set(['int', 'float', 'bool', 'choice']);

function wrongShape(problem: string, hint?: string): GoboolError {
  return new GoboolError('GB_STRATEGY_SHAPE', `defineStrategy: ${problem}`, hint === undefined ? {} : { hint });
}

/** Names of the strategy's feeds, the traded one first. */
export function feedNames(definition: Definition): readonly string[] {
  return typeof definition.data === 'object' ? Object.keys(definition.data) : [MAIN_FEED];
}
