/** Equity at the first step of a run and at the last step of each session: what statistics of returns are made from. */
export interface Samples {
  /** Time of the first step, or of the last where the run never started. */
  readonly startTime: number;
  readonly endTime: number;
  readonly endEquity: number;
  /** Sampling begins at `step`. */
  start(step: number, time: number, equity: number): void;
  /** Keeps the sample of the run's last step, and returns all. */
  finish(steps: number): { readonly times: Float64Array; readonly values: Float64Array };
}
