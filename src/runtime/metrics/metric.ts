/** Where a value may lie, given how few samples it rests on. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** How often such intervals hold the true value: 0.95. */
  readonly level: number;
}

/** One number of a result. Undefined is `null`: never 0, NaN or a maximum. */
export interface Metric {
  readonly value: number | null;
  /** `ratio` is a fraction shown in per cent; `cash` is in the account's currency. */
  readonly unit: 'ratio' | 'number' | 'cash' | 'count' | 'days' | 'bars';
  /** How many samples the value rests on. */
  readonly n: number;
  /** The formula in words. */
  readonly definition: string;
  /** Absent where it is not defined, and for metrics that have none (`intervals.ts`). */
  readonly interval?: Interval;
  /** What belongs to the value, such as the dates of a drawdown: epoch milliseconds, days, counts. */
  readonly detail?: Readonly<Record<string, number | null>>;
}

export type MetricTable = Readonly<Record<string, Metric>>;
