/** Every indicator against the committed answers of TA-Lib (scripts/talib-vectors.py), to 1e-9 relative. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { atr } from '../../../src/runtime/indicators/atr.ts';
import { bollinger } from '../../../src/runtime/indicators/bollinger.ts';
import { ema } from '../../../src/runtime/indicators/ema.ts';
import type { HighLowClose } from '../../../src/runtime/indicators/high-low-close.ts';
import { highest } from '../../../src/runtime/indicators/highest.ts';
import { lowest } from '../../../src/runtime/indicators/lowest.ts';
import { macd } from '../../../src/runtime/indicators/macd.ts';
import { roc } from '../../../src/runtime/indicators/roc.ts';
import { rsi } from '../../../src/runtime/indicators/rsi.ts';
import { sma } from '../../../src/runtime/indicators/sma.ts';
import { stddev } from '../../../src/runtime/indicators/stddev.ts';
import { stochastic } from '../../../src/runtime/indicators/stochastic.ts';
import { wma } from '../../../src/runtime/indicators/wma.ts';
import { barsFrom, type Outputs, runIndicators } from '../../helpers/indicators.ts';

interface Vectors {
  readonly inputs: { readonly high: number[]; readonly low: number[]; readonly close: number[] };
  /** The rows at which the values below stand. */
  readonly rows: number[];
  readonly cases: { indicator: string; arguments: number[]; values: Record<string, (number | null)[]> }[];
}

/** Running sums, ours and TA-Lib's, leave a last bit where the answer is zero; relative to a case's largest value. */
const NOISE = 1e-15;

const FOLDER = new URL('../../fixtures/talib/', import.meta.url);

const INDICATORS: Record<string, (feed: HighLowClose, args: number[]) => Outputs> = {
  sma: ({ close }, [period]) => ({ value: sma(close, period!) }),
  ema: ({ close }, [period]) => ({ value: ema(close, period!) }),
  wma: ({ close }, [period]) => ({ value: wma(close, period!) }),
  rsi: ({ close }, [period]) => ({ value: rsi(close, period!) }),
  roc: ({ close }, [period]) => ({ value: roc(close, period!) }),
  highest: ({ close }, [period]) => ({ value: highest(close, period!) }),
  lowest: ({ close }, [period]) => ({ value: lowest(close, period!) }),
  stddev: ({ close }, [period]) => ({ value: stddev(close, period!) }),
  atr: (feed, [period]) => ({ value: atr(feed, period!) }),
  macd: ({ close }, periods) => ({ ...macd(close, ...periods) }),
  bollinger: ({ close }, args) => ({ ...bollinger(close, ...args) }),
  stochastic: (feed, periods) => ({ ...stochastic(feed, ...periods) }),
};

const FILES = readdirSync(FOLDER).filter(name => name.endsWith('.json'));

describe.each(FILES)('%s', name => {
  const { inputs, rows, cases } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Vectors;

  test('every indicator has a case', () => {
    expect(new Set(cases.map(({ indicator }) => indicator))).toEqual(new Set(Object.keys(INDICATORS)));
  });

  test.each(cases)('$indicator $arguments', ({ indicator, arguments: args, values }) => {
    const outputs = runIndicators([barsFrom(inputs)], feed => INDICATORS[indicator]!(feed, args));
    for (const [member, wanted] of Object.entries(values)) {
      const noise = NOISE * Math.max(...wanted.map(value => Math.abs(value ?? 0)));
      const pairs = rows.map((row, i) => ({ row, actual: outputs[member]![row]!, wanted: wanted[i]! }));
      expect(
        pairs.filter(pair => !agree(pair.actual, pair.wanted, noise)),
        member,
      ).toEqual([]);
    }
  });
});

function agree(actual: number, wanted: number | null, noise: number): boolean {
  return wanted === null ? Number.isNaN(actual) : Math.abs(actual - wanted) <= 1e-9 * Math.abs(wanted) + noise;
}
