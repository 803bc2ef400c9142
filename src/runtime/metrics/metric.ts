/** One number of a result. Undefined is `null`: never 0, NaN or a maximum. */
export interface Metric {
  readonly value: number | null;
  /** `ratio` is a fraction shown in per cent; `cash` is in the account's currency. */
  readonly unit: 'ratio' | 'number' | 'cash' | 'count' | 'days' | 'bars';
  /** How many samples the value rests on. */
  readonly n: number;
  /** The formula in words. */
  readonly definition: string;
  /** What belongs to the value, such as the dates of a drawdown: epoch milliseconds, days, counts. */
  readonly detail?: Readonly<Record<string, number | null>>;
}

export type MetricTable = Readonly<Record<string, Metric>>;
