/** How one form of strategy is run over steps that are prepared. */
export interface Driver {
  /** Before the first step, with the clocks on it. */
  start(): void;
  /** Runs steps `[from, to)`; returns `to`, or the step at which equity was used up. */
  run(from: number, to: number): number;
  /** After the last step. */
  finish(): void;
}
