/**
 * Every indicator against committed answers, to 1e-9 relative: of TA-Lib (scripts/talib-vectors.py), and of plain
 * formulas where TA-Lib lacks the indicator or is not precise enough (scripts/reference-vectors.py).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adx } from '../../../src/runtime/indicators/adx.ts';
import { aroon } from '../../../src/runtime/indicators/aroon.ts';
import { atr } from '../../../src/runtime/indicators/atr.ts';
import { bollinger } from '../../../src/runtime/indicators/bollinger.ts';
import { cci } from '../../../src/runtime/indicators/cci.ts';
import { correlation } from '../../../src/runtime/indicators/correlation.ts';
import { dema } from '../../../src/runtime/indicators/dema.ts';
import { donchian } from '../../../src/runtime/indicators/donchian.ts';
import { ema } from '../../../src/runtime/indicators/ema.ts';
import type { HighLowCloseVolume } from '../../../src/runtime/indicators/high-low-close.ts';
import { highest } from '../../../src/runtime/indicators/highest.ts';
import { hma } from '../../../src/runtime/indicators/hma.ts';
import { ichimoku } from '../../../src/runtime/indicators/ichimoku.ts';
import { kama } from '../../../src/runtime/indicators/kama.ts';
import { keltner } from '../../../src/runtime/indicators/keltner.ts';
import { linearRegressionSlope } from '../../../src/runtime/indicators/linear-regression-slope.ts';
import { lowest } from '../../../src/runtime/indicators/lowest.ts';
import { macd } from '../../../src/runtime/indicators/macd.ts';
import { mfi } from '../../../src/runtime/indicators/mfi.ts';
import { momentum } from '../../../src/runtime/indicators/momentum.ts';
import { obv } from '../../../src/runtime/indicators/obv.ts';
import { parabolicSar } from '../../../src/runtime/indicators/parabolic-sar.ts';
import { roc } from '../../../src/runtime/indicators/roc.ts';
import { rsi } from '../../../src/runtime/indicators/rsi.ts';
import { sma } from '../../../src/runtime/indicators/sma.ts';
import { stddev } from '../../../src/runtime/indicators/stddev.ts';
import { stochastic } from '../../../src/runtime/indicators/stochastic.ts';
import { stochasticRsi } from '../../../src/runtime/indicators/stochastic-rsi.ts';
import { supertrend } from '../../../src/runtime/indicators/supertrend.ts';
import { tema } from '../../../src/runtime/indicators/tema.ts';
import { vwap } from '../../../src/runtime/indicators/vwap.ts';
import { williamsR } from '../../../src/runtime/indicators/williams-r.ts';
import { wma } from '../../../src/runtime/indicators/wma.ts';
import { zScore } from '../../../src/runtime/indicators/z-score.ts';
import { barsFrom, type Outputs, runIndicators } from '../../helpers/indicators.ts';

interface Vectors {
  readonly inputs: Readonly<Record<'high' | 'low' | 'close' | 'volume' | 'session', number[]>>;
  /** The rows at which the values below stand. */
  readonly rows: number[];
  readonly cases: { indicator: string; arguments: number[]; values: Record<string, (number | null)[]> }[];
}

/** Running sums, ours and TA-Lib's, leave a last bit where the answer is zero; relative to a case's largest value. */
const NOISE = 2e-15;

const FIXTURES = new URL('../../fixtures/', import.meta.url);

const INDICATORS: Record<string, (feed: HighLowCloseVolume, args: number[]) => Outputs> = {
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
  dema: ({ close }, [period]) => ({ value: dema(close, period!) }),
  tema: ({ close }, [period]) => ({ value: tema(close, period!) }),
  hma: ({ close }, [period]) => ({ value: hma(close, period!) }),
  kama: ({ close }, periods) => ({ value: kama(close, ...periods) }),
  adx: (feed, [period]) => ({ ...adx(feed, period) }),
  stochasticRsi: ({ close }, periods) => ({ ...stochasticRsi(close, ...periods) }),
  cci: (feed, [period]) => ({ value: cci(feed, period) }),
  momentum: ({ close }, [period]) => ({ value: momentum(close, period!) }),
  williamsR: (feed, [period]) => ({ value: williamsR(feed, period) }),
  obv: feed => ({ value: obv(feed) }),
  vwap: feed => ({ value: vwap(feed) }),
  mfi: (feed, [period]) => ({ value: mfi(feed, period) }),
  donchian: (feed, [period]) => ({ ...donchian(feed, period) }),
  keltner: (feed, args) => ({ ...keltner(feed, ...args) }),
  supertrend: (feed, args) => ({ ...supertrend(feed, ...args) }),
  ichimoku: (feed, periods) => ({ ...ichimoku(feed, ...periods) }),
  parabolicSar: (feed, args) => ({ value: parabolicSar(feed, ...args) }),
  aroon: (feed, [period]) => ({ ...aroon(feed, period) }),
  linearRegressionSlope: ({ close }, [period]) => ({ value: linearRegressionSlope(close, period!) }),
  zScore: ({ close }, [period]) => ({ value: zScore(close, period!) }),
  correlation: ({ close, volume }, [period]) => ({ value: correlation(close, volume, period!) }),
};

const FILES = readdirSync(new URL('talib/', FIXTURES)).filter(name => name.endsWith('.json'));

describe.each(FILES)('%s', name => {
  const { inputs, rows, cases: talib } = vectors(`talib/${name}`);
  const cases = [...talib, ...vectors(`reference/${name}`).cases];

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

/** Those of `reference` stand at the rows of `talib`, on its inputs. */
function vectors(path: string): Vectors {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as Vectors;
}

function agree(actual: number, wanted: number | null, noise: number): boolean {
  return wanted === null ? Number.isNaN(actual) : Math.abs(actual - wanted) <= 1e-9 * Math.abs(wanted) + noise;
}
