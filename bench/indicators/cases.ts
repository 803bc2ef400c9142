/** The indicators that are compared, with the same arguments for everybody. */
import { atr } from '../../src/runtime/indicators/atr.ts';
import { bollinger } from '../../src/runtime/indicators/bollinger.ts';
import { ema } from '../../src/runtime/indicators/ema.ts';
import type { HighLowClose } from '../../src/runtime/indicators/high-low-close.ts';
import { macd } from '../../src/runtime/indicators/macd.ts';
import { rsi } from '../../src/runtime/indicators/rsi.ts';
import type { Series } from '../../src/runtime/indicators/series.ts';

export type CaseName = keyof typeof CASES;

/** The outputs in the order in which every contestant gives its own. */
export const CASES = {
  rsi: ({ close }: HighLowClose): Series[] => [rsi(close, 14)],
  ema: ({ close }: HighLowClose): Series[] => [ema(close, 20)],
  macd: ({ close }: HighLowClose): Series[] => {
    const { macd: line, signal } = macd(close, 12, 26, 9);
    return [line, signal];
  },
  atr: (bars: HighLowClose): Series[] => [atr(bars, 14)],
  bollinger: ({ close }: HighLowClose): Series[] => {
    const { upper, middle, lower } = bollinger(close, 20, 2);
    return [upper, middle, lower];
  },
} as const;
