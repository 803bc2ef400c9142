import type { Bars } from '../market/bars.ts';
import type { IndicatorGraph } from './graph.ts';

/** Where a feed stands: the current bar, and the block of bars whose indicators are computed. */
export class Clock {
  /** Name of the feed, for messages. */
  readonly feed: string;
  readonly bars: Bars;
  readonly graph: IndicatorGraph;
  /** Index of the current bar; -1 before the first. */
  index = -1;
  /** Whether the current bar closed at the current step. */
  isNew = false;
  /** The block `[blockFrom, blockTo)` that indicators compute next. */
  blockFrom = 0;
  blockTo = 0;

  constructor(feed: string, bars: Bars, graph: IndicatorGraph) {
    this.feed = feed;
    this.bars = bars;
    this.graph = graph;
    graph.clocks.push(this);
  }
}
