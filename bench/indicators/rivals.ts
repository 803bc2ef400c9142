/**
 * The npm libraries, each called the way its documentation does it, on plain arrays. `columns` takes the outputs out of
 * what a call returned, which is not timed. A library that means something else by a name has no entry for it.
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
  /** Values of the last bars, as many as there are. */
  readonly columns: (returned: never) => readonly (readonly number[])[];
}

export interface Rival {
  readonly library: string;
  readonly calls: Readonly<Partial<Record<CaseName, Call>>>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the libraries look like is told by the calls below
type Library = any;

/** `manifest`: the package.json beside which the libraries are installed. */
export function loadRivals(manifest: string, prices: Prices): Rival[] {
  const load = createRequire(manifest);
  return Object.entries(CALLS).map(([library, calls]) => ({ library, calls: calls(load(library), prices) }));
}

const CALLS: Readonly<Record<string, (library: Library, prices: Prices) => Rival['calls']>> = {
  '@ixjb94/indicators': ({ IndicatorsSync }, { high, low, close }) => {
    const library = new IndicatorsSync();
    return {
      rsi: { run: () => library.rsi(close, 14), columns: (values: number[]) => [values] },
      ema: { run: () => library.ema(close, 20), columns: (values: number[]) => [values] },
      macd: { run: () => library.macd(close, 12, 26, 9), columns: ([line, signal]: number[][]) => [line!, signal!] },
      atr: { run: () => library.atr(high, low, close, 14), columns: (values: number[]) => [values] },
      bollinger: {
        run: () => library.bbands(close, 20, 2),
        columns: ([lower, middle, upper]: number[][]) => [upper!, middle!, lower!],
      },
    };
  },
  'fast-technical-indicators': objectCalls,
  // Its ATR is smoothed in another way.
  indicatorts: (library, { close }) => ({
    rsi: { run: () => library.rsi(close, { period: 14 }), columns: (values: number[]) => [values] },
    ema: { run: () => library.ema(close, { period: 20 }), columns: (values: number[]) => [values] },
    macd: {
      run: () => library.macd(close, { fast: 12, slow: 26, signal: 9 }),
      columns: ({ macdLine, signalLine }: Record<string, number[]>) => [macdLine!, signalLine!],
    },
    bollinger: {
      run: () => library.bb(close, { period: 20 }),
      columns: ({ upper, middle, lower }: Record<string, number[]>) => [upper!, middle!, lower!],
    },
  }),
  technicalindicators: objectCalls,
  'trading-signals': (library, { high, low, close }) => {
    const bars = close.map((price, i) => ({ high: high[i], low: low[i], close: price }));
    const follow = (indicator: Library, inputs: readonly unknown[]) =>
      inputs.map(input => indicator.update(input, false));
    const averages = () => [12, 26, 9].map(period => new library.EMA(period));
    return {
      rsi: { run: () => follow(new library.RSI(14), close), columns: (values: number[]) => [values] },
      ema: { run: () => follow(new library.EMA(20), close), columns: (values: number[]) => [values] },
      macd: {
        run: () => follow(new library.MACD(...averages()), close),
        columns: rows => members(rows, 'macd', 'signal'),
      },
      atr: { run: () => follow(new library.ATR(14), bars), columns: (values: number[]) => [values] },
      bollinger: {
        run: () => follow(new library.BollingerBands(20, 2), close),
        columns: rows => members(rows, 'upper', 'middle', 'lower'),
      },
    };
  },
};

/** Two libraries share this form. */
function objectCalls(library: Library, { high, low, close }: Prices): Rival['calls'] {
  const periods = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false };
  return {
    rsi: { run: () => library.rsi({ values: close, period: 14 }), columns: (values: number[]) => [values] },
    ema: { run: () => library.ema({ values: close, period: 20 }), columns: (values: number[]) => [values] },
    macd: { run: () => library.macd({ values: close, ...periods }), columns: rows => members(rows, 'MACD', 'signal') },
    atr: { run: () => library.atr({ high, low, close, period: 14 }), columns: (values: number[]) => [values] },
    bollinger: {
      run: () => library.bollingerbands({ values: close, period: 20, stdDev: 2 }),
      columns: rows => members(rows, 'upper', 'middle', 'lower'),
    },
  };
}

function members(rows: readonly Readonly<Record<string, number>>[], ...names: readonly string[]): number[][] {
  return names.map(name => rows.map(row => row?.[name] ?? Number.NaN));
}
