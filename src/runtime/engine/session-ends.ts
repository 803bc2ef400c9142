/** Where the sessions of one feed end, known once for all runs on it. The last bar ends a session in any case. */
import { firstWhere } from '../base/first-where.ts';
import { type Bars, closeTimeAt } from '../market/bars.ts';

export class SessionEnds {
  /** Last steps of the sessions, ascending, and their close times. */
  readonly steps: Int32Array;
  readonly times: Float64Array;

  constructor(bars: Bars) {
    const { session, length } = bars;
    const isEnd = (step: number): boolean => session[step + 1] !== session[step] || step === length - 1;
    let count = 0;
    for (let step = 0; step < length; step++) if (isEnd(step)) count++;
    this.steps = new Int32Array(count);
    this.times = new Float64Array(count);
    let at = 0;
    for (let step = 0; step < length; step++) {
      if (!isEnd(step)) continue;
      this.steps[at] = step;
      this.times[at] = closeTimeAt(bars, step);
      at++;
    }
  }

  /** How many sessions end before `step`. */
  before(step: number): number {
    return firstWhere(0, this.steps.length, at => this.steps[at]! >= step);
  }
}
