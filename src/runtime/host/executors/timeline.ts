/** The steps of a run, seen from outside it: a step is one distinct close time of all feeds. */
import type { BarPlace } from '../../base/error.ts';
import { closeTimeAt } from '../../market/bars.ts';
import type { Dataset } from '../../market/dataset.ts';

/** How many steps a run over these feeds has. */
export function countSteps(feeds: readonly Dataset[]): number {
  return feeds.length === 1 ? (feeds[0]?.bars.length ?? 0) : walk(feeds, Infinity).steps;
}

/** The bar that closes at a step, of the first feed that has one then; undefined past the end. */
export function barAtStep(feeds: readonly Dataset[], names: readonly string[], step: number): BarPlace | undefined {
  const { steps, feed, index } = walk(feeds, step + 1);
  const dataset = feeds[feed];
  if (steps !== step + 1 || dataset === undefined) return undefined;
  const { time, open, high, low, close, volume } = dataset.bars;
  const at = (column: Float64Array): number => column[index] ?? NaN;
  return {
    feed: names[feed] ?? dataset.name,
    index,
    time: at(time),
    values: { open: at(open), high: at(high), low: at(low), close: at(close), volume: at(volume) },
  };
}

/**
 * Merges the feeds by close time for at most `maxSteps`; `feed` and `index` are the first bar of the last step walked.
 */
function walk(feeds: readonly Dataset[], maxSteps: number): { steps: number; feed: number; index: number } {
  const next = new Int32Array(feeds.length);
  const closes = new Float64Array(feeds.length);
  let last = { steps: 0, feed: -1, index: -1 };
  while (last.steps < maxSteps) {
    feeds.forEach(({ bars }, feed) => {
      const index = next[feed] ?? 0;
      closes[feed] = index < bars.length ? closeTimeAt(bars, index) : Infinity;
    });
    const now = Math.min(...closes);
    if (now === Infinity) break;
    const feed = closes.indexOf(now);
    last = { steps: last.steps + 1, feed, index: next[feed] ?? 0 };
    for (let each = 0; each < next.length; each++) next[each] = (next[each] ?? 0) + (closes[each] === now ? 1 : 0);
  }
  return last;
}
