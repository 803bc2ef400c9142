/** What a sweep came to: one row per set of parameters, as plain data. Reports, terminal and files show this. */
import type { ParamValue } from '../sdk/params.ts';

/** The values of one run's parameters: those that vary and those that are fixed. */
export type ParamSet = Readonly<Record<string, ParamValue>>;

export interface SweepRun {
  /** 0, 1, 2 ... in the order of the space: the same in every sweep of the same space. */
  readonly index: number;
  readonly params: ParamSet;
  /** The hash that `gobool backtest` gives for the same parameters. */
  readonly resultHash: string;
  readonly state: 'completed' | 'wiped-out';
  readonly finalEquity: number;
  readonly fills: number;
  /** Values by metric name (`metric-names.ts`): those that the sweep keeps, its objective among them. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** One parameter that varies: its name, and its values in ascending order of the space. */
export interface SweepAxis {
  readonly name: string;
  readonly values: readonly ParamValue[];
}

export interface SweepObjective {
  /** A metric's name. */
  readonly metric: string;
  readonly direction: 'maximize' | 'minimize';
}
