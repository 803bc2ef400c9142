/** Feeds merged column by column and step by step give what a list of all their closes gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Merge } from '../../src/runtime/engine/merge.ts';
import { Clock } from '../../src/runtime/indicators/clock.ts';
import { IndicatorGraph } from '../../src/runtime/indicators/graph.ts';
import type { Bars } from '../../src/runtime/market/bars.ts';

const MINUTE = 60_000;
const BARS_PER_SESSION = 50;

/** Bars of `minutes` at some minutes of a common grid; `known`: with close times of their own. */
function barsAt(at: readonly number[], minutes: number, known: boolean): Bars {
  const time = Float64Array.from(at, minute => (minute - minutes) * MINUTE);
  const column = new Float64Array(at.length).fill(1);
  return {
    length: at.length,
    durationMs: minutes * MINUTE,
    time,
    ...(known && { closeTime: Float64Array.from(at, minute => minute * MINUTE) }),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
    session: Int32Array.from(at, minute => Math.floor(minute / BARS_PER_SESSION) - 4),
  };
}

/** Long stretches in which a feed has every bar, between stretches in which it misses some. */
const feed = fc
  .record({
    length: fc.integer({ min: 1, max: 400 }),
    gaps: fc.array(fc.record({ from: fc.nat(400), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 6 }),
    every: fc.constantFrom(1, 1, 1, 5),
    known: fc.boolean(),
  })
  .map(({ length, gaps, every, known }) => {
    const isThere = (minute: number): boolean =>
      minute % every === 0 && !gaps.some(({ from, count }) => minute >= from && minute < from + count);
    const minutes = Array.from({ length }, (_, minute) => minute).filter(isThere);
    return barsAt(minutes, every, known);
  });

test('steps, bars and sessions of merged feeds', () => {
  fc.assert(
    fc.property(fc.array(feed, { minLength: 2, maxLength: 4 }), fc.constantFrom(1, 7, 64, 512), (feeds, blockSteps) => {
      const clocks = feeds.map((bars, k) => new Clock(`f${k}`, bars, new IndicatorGraph()));
      const merge = new Merge(clocks, blockSteps);
      const seen: { time: number; session: number; bars: number[] }[] = [];
      for (let steps = merge.advance(); steps > 0; steps = merge.advance()) {
        for (let at = 0; at < steps; at++) {
          const bars = merge.barAt.map(each => each[at]!);
          seen.push({ time: merge.times[at]!, session: merge.sessions[at]!, bars });
        }
      }
      expect(seen).toEqual(stepsOf(feeds));
    }),
    { numRuns: 300 },
  );
});

function stepsOf(feeds: readonly Bars[]) {
  const closes = feeds.map(({ time, durationMs }) => Array.from(time, open => open + durationMs));
  const all = [...new Set(closes.flat())].sort((a, b) => a - b);
  return all.map(now => {
    const bars = closes.map(each => each.filter(close => close <= now).length - 1);
    const session = Math.max(...bars.map((bar, k) => feeds[k]!.session[bar] ?? Number.MIN_SAFE_INTEGER));
    return { time: now, session, bars };
  });
}
