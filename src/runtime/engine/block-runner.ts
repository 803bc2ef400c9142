/**
 * One block of steps: indicators, then the strategy, then equity. A method of its own, called once per block, because
 * one long loop over everything would be compiled, thrown away and compiled again.
 */
import type { Parts } from './assemble.ts';
import type { Driver } from './driver.ts';
import type { RunRecord } from './record.ts';
import { findStart, type NamedSeries } from './warm-up.ts';

export class BlockRunner {
  state: RunRecord['state'] = 'completed';
  /** The first step with all indicators defined; -1 until it is found. */
  firstStep = -1;
  readonly #parts: Parts;
  readonly #driver: Driver;
  readonly #series: NamedSeries;
  readonly #progress: Int32Array;

  constructor(parts: Parts, driver: Driver, series: NamedSeries, progress: Int32Array) {
    this.#parts = parts;
    this.#driver = driver;
    this.#series = series;
    this.#progress = progress;
  }

  block(): void {
    const { timeline, graph, curve } = this.#parts;
    this.#progress[0] = timeline.from;
    curve.startBlock();
    graph.runBlock();
    const from = this.firstStep < 0 ? this.#tryStart() : timeline.from;
    const reached = this.#driver.run(from, timeline.to);
    if (reached < timeline.to) {
      this.state = 'wiped-out';
      timeline.cutAfter(reached);
    }
    curve.endBlock();
  }

  /** Starts the strategy if this block has the first step; returns the step to run from. */
  #tryStart(): number {
    const { timeline, curve } = this.#parts;
    const from = findStart(timeline, this.#series);
    if (from === timeline.to) return from;
    this.firstStep = from;
    curve.start(from);
    this.#driver.start();
    return from;
  }
}
