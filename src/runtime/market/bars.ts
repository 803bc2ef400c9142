import { firstWhere } from '../base/first-where.ts';

/**
 * Bars in columns: one typed array per field, all of the same length. Plain data, so that it can cross threads.
 * Invariants: `time` strictly increases; prices are finite and positive; low <= open, close <= high; volume >= 0.
 */
export interface Bars {
  readonly length: number;
  /** Open of each bar, epoch milliseconds, UTC. */
  readonly time: Float64Array;
  /** When each bar became known, epoch milliseconds, UTC. Absent: `time + durationMs`. */
  readonly closeTime?: Float64Array;
  /** From a bar's open to its close, milliseconds. */
  readonly durationMs: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Ask minus bid at the close, in price units, where the data has quotes. */
  readonly spread?: Float64Array;
  /** Number of the trading session that each bar belongs to; never decreases. */
  readonly session: Int32Array;
  /** Whether the last bar is its session's last, where that is known: of bars cut from longer ones. */
  readonly endsSession?: boolean;
}

/** When bar `index` became known, epoch milliseconds. */
export function closeTimeAt(bars: Bars, index: number): number {
  return bars.closeTime === undefined ? bars.time[index]! + bars.durationMs : bars.closeTime[index]!;
}

/** When the bars became known: `column[i] + shift`, epoch milliseconds. */
export function closeColumn({ time, closeTime, durationMs }: Bars): { column: Float64Array; shift: number } {
  return closeTime === undefined ? { column: time, shift: durationMs } : { column: closeTime, shift: 0 };
}

/** Index of the first bar that closes after `time`; `bars.length` if none does. */
export function firstClosingAfter(bars: Bars, time: number): number {
  return firstWhere(0, bars.length, bar => closeTimeAt(bars, bar) > time);
}

/** Views of the bars `[from, to)`, at least one; shares memory. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const endsSession = to < bars.length ? bars.session[to] !== bars.session[to - 1] : bars.endsSession;
  return {
    length: to - from,
    durationMs: bars.durationMs,
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
    session: bars.session.subarray(from, to),
    ...(endsSession !== undefined && { endsSession }),
    ...(bars.closeTime && { closeTime: bars.closeTime.subarray(from, to) }),
    ...(bars.spread && { spread: bars.spread.subarray(from, to) }),
  };
}
