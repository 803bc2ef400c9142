/**
 * The npm libraries, each called as its documentation does it, on plain arrays. A library that means something else by
 * a name has no entry for it.
 */
import { createRequire } from 'node:module';
import type { CaseName } from './cases.ts';

export interface Prices {
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

export interface Call {
  readonly run: () => unknown;
  /** What `run` returned as columns, the values of the last bars: not a part of the time. */
  readonly columns: (returned: never) => readonly (readonly number[])[];
}

// biome-ignore lint/suspicious/noExplicitAny: what a library looks like is told by its calls
type Library = any;

type MakeCall = (library: Library, prices: Prices) => Call;
type Calls = Readonly<Partial<Record<CaseName, MakeCall>>>;

/** The libraries that have the indicator. */
export function librariesWith(name: CaseName): string[] {
  return Object.keys(LIBRARIES).filter(library => LIBRARIES[library]![name] !== undefined);
}

/** `manifest`: the package.json beside which the libraries are installed. */
export function callOf(library: string, name: CaseName, manifest: string, prices: Prices): Call {
  return LIBRARIES[library]![name]!(createRequire(manifest)(library), prices);
}

/** The form that two libraries share. */
const OBJECT_CALLS: Calls = {
  rsi: (library, { close }) => single(() => library.rsi({ values: close, period: 14 })),
  ema: (library, { close }) => single(() => library.ema({ values: close, period: 20 })),
  macd: (library, { close }) => {
    const options = {
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    };
    return rows(() => library.macd({ values: close, ...options }), 'MACD', 'signal');
  },
  atr: (library, prices) => single(() => library.atr({ ...prices, period: 14 })),
  bollinger: (library, { close }) =>
    rows(() => library.bollingerbands({ values: close, period: 20, stdDev: 2 }), 'upper', 'middle', 'lower'),
};

const LIBRARIES: Readonly<Record<string, Calls>> = {
  '@ixjb94/indicators': {
    rsi: ({ IndicatorsSync }, { close }) => single(() => new IndicatorsSync().rsi(close, 14)),
    ema: ({ IndicatorsSync }, { close }) => single(() => new IndicatorsSync().ema(close, 20)),
    macd: ({ IndicatorsSync }, { close }) => ({
      run: () => new IndicatorsSync().macd(close, 12, 26, 9),
      columns: ([line, signal]: number[][]) => [line!, signal!],
    }),
    atr: ({ IndicatorsSync }, { high, low, close }) => single(() => new IndicatorsSync().atr(high, low, close, 14)),
    bollinger: ({ IndicatorsSync }, { close }) => ({
      run: () => new IndicatorsSync().bbands(close, 20, 2),
      columns: ([lower, middle, upper]: number[][]) => [upper!, middle!, lower!],
    }),
  },
  'fast-technical-indicators': OBJECT_CALLS,
  // No ATR: it is smoothed in another way.
  indicatorts: {
    rsi: (library, { close }) => single(() => library.rsi(close, { period: 14 })),
    ema: (library, { close }) => single(() => library.ema(close, { period: 20 })),
    macd: (library, { close }) => ({
      run: () => library.macd(close, { fast: 12, slow: 26, signal: 9 }),
      columns: ({ macdLine, signalLine }: Record<string, number[]>) => [macdLine!, signalLine!],
    }),
    bollinger: (library, { close }) => ({
      run: () => library.bb(close, { period: 20 }),
      columns: ({ upper, middle, lower }: Record<string, number[]>) => [upper!, middle!, lower!],
    }),
  },
  technicalindicators: OBJECT_CALLS,
  'trading-signals': {
    rsi: ({ RSI }, { close }) => single(() => followed(new RSI(14), close)),
    ema: ({ EMA }, { close }) => single(() => followed(new EMA(20), close)),
    macd: ({ MACD, EMA }, { close }) =>
      rows(() => followed(new MACD(new EMA(12), new EMA(26), new EMA(9)), close), 'macd', 'signal'),
    atr: ({ ATR }, { high, low, close }) => {
      const bars = close.map((price, i) => ({ high: high[i], low: low[i], close: price }));
      return single(() => followed(new ATR(14), bars));
    },
    bollinger: ({ BollingerBands }, { close }) =>
      rows(() => followed(new BollingerBands(20, 2), close), 'upper', 'middle', 'lower'),
  },
};

function single(run: () => unknown): Call {
  return { run, columns: (values: number[]) => [values] };
}

/** A call that returns an object for each bar. */
function rows(run: () => unknown, ...members: readonly string[]): Call {
  const column = (bars: readonly Record<string, number>[], member: string) =>
    bars.map(bar => bar?.[member] ?? Number.NaN);
  return { run, columns: (bars: readonly Record<string, number>[]) => members.map(member => column(bars, member)) };
}

/** An indicator that is given bar by bar. */
function followed(indicator: Library, inputs: readonly unknown[]): unknown[] {
  return inputs.map(input => indicator.update(input, false));
}
