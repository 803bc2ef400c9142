/** Bars as the reference sees them: objects that know their place in a session. */
import type { Bars } from '../../../src/runtime/market/bars.ts';
import { MS_PER_DAY } from '../../../src/runtime/market/civil-date.ts';

export interface Bar {
  readonly index: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly session: number;
  readonly beginsSession: boolean;
  readonly endsSession: boolean;
}

export function barsOf(columns: Bars, isDaily: boolean): Bar[] {
  const { length, durationMs, session } = columns;
  return Array.from({ length }, (_, index): Bar => {
    const closesAt = columns.time[index]! + durationMs;
    // Where intraday data end, only a bar that ends with a day is known to be the last of its session.
    const endsData = isDaily || closesAt % MS_PER_DAY === 0;
    return {
      index,
      open: columns.open[index]!,
      high: columns.high[index]!,
      low: columns.low[index]!,
      close: columns.close[index]!,
      volume: columns.volume[index]!,
      opensAt: columns.time[index]!,
      closesAt,
      session: session[index]!,
      beginsSession: index === 0 || session[index - 1] !== session[index],
      endsSession: index === length - 1 ? endsData : session[index + 1] !== session[index],
    };
  });
}
