/**
 * What a page's script is given: columns of numbers, as short as a screen can show. Both sides of the page use these
 * types. Times are epoch seconds, because nothing in a report is finer; `null` is an undefined value.
 */

import type { Metric } from '../../metrics/metric.ts';

export type Column = readonly (number | null)[];

/**
 * Numbers that move little from one to the next, as whole steps of the last digit: half as long to write. `null` takes
 * no step.
 */
export interface SteppedColumn {
  /** Digits after the point. */
  readonly places: number;
  readonly steps: Column;
}

/** Increasing times as the first one and then the differences, which are short to write. */
export type TimeColumn = readonly number[];

export interface EquityData {
  readonly times: TimeColumn;
  readonly equity: Column;
  readonly benchmark: Column;
  /** How far below the peak so far, as fractions at or below zero. */
  readonly drawdown: Column;
  readonly benchmarkDrawdown: Column;
  readonly benchmarkLabel: string;
  readonly currency: string;
}

/** A number that is computed over a window that moves along. */
export interface RollingData {
  readonly times: TimeColumn;
  readonly sharpe: Column;
  readonly volatility: Column;
}

export interface IndicatorData {
  readonly name: string;
  /** Drawn over the price, or in a pane of its own that it shares with those of the same group. */
  readonly pane: 'price' | (string & {});
  readonly values: SteppedColumn;
}

/** One feed: its prices and the indicators on its bars. */
export interface PriceData {
  readonly feed: string;
  readonly dataset: string;
  readonly product: string;
  /** When each point was known: closes of bars. */
  readonly times: TimeColumn;
  readonly close: SteppedColumn;
  /** Absent where bars were thinned to points: then a point is the lowest or the highest of several closes. */
  readonly candles?: Readonly<Record<'open' | 'high' | 'low', SteppedColumn>>;
  /** Bars that two points stand for; 1 where there is a point for each. */
  readonly barsPerBucket: number;
  /** Seconds from a bar's open to its close. */
  readonly barSeconds: number;
  readonly indicators: readonly IndicatorData[];
}

/** One entry per trade in each column. */
export interface TradeData {
  readonly products: readonly string[];
  /** Index into `products`. */
  readonly product: readonly number[];
  /** 1 long, -1 short. */
  readonly side: readonly number[];
  /** Seconds; not increasing, so no differences. */
  readonly entryTimes: readonly number[];
  readonly exitTimes: readonly number[];
  readonly quantity: Column;
  readonly entryPrice: Column;
  readonly exitPrice: Column;
  readonly fees: Column;
  readonly pnl: Column;
  readonly returnRatio: Column;
  readonly bars: Column;
  /** How far price went against the trade and with it, fractions of the entry price. */
  readonly mae: Column;
  readonly mfe: Column;
  /** 1 where the position is still open. */
  readonly open: readonly number[];
}

export interface RunPageData {
  readonly kind: 'run';
  readonly equity?: EquityData;
  readonly rolling?: RollingData;
  readonly prices: readonly PriceData[];
  readonly trades: TradeData;
}

/** One entry per run in each column, best run first. */
export interface SweepPageData {
  readonly kind: 'sweep';
  readonly axes: readonly SweepAxisData[];
  /** What is known of each run: the objective, then the other metrics, final equity and fills. */
  readonly columns: readonly SweepColumn[];
  /** Whether more of the objective is better. */
  readonly isMaximized: boolean;
  /** Beginnings of result hashes. */
  readonly hashes: readonly string[];
  /** 1 where the account was wiped out. */
  readonly wipedOut: readonly number[];
  /** Place of the run in the middle of the best neighbourhood; -1 where there is none. */
  readonly plateau: number;
}

export interface SweepAxisData {
  readonly name: string;
  readonly values: readonly string[];
  /** Index of each run's value. */
  readonly places: readonly number[];
}

export interface SweepColumn {
  readonly label: string;
  readonly unit: Metric['unit'];
  readonly values: Column;
}

export type PageData = RunPageData | SweepPageData;

/** Id of the element that holds it. */
export const DATA_ID = 'data';
