import { describe, expect, test } from 'vitest';
import { indicatorColumns } from '../../../src/runtime/engine/indicator-columns.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/runtime/engine/run-options.ts';
import {
  bollinger,
  defineStrategy,
  ema,
  fold,
  int,
  type Series,
  type Strategy,
  sma,
} from '../../../src/runtime/index.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import { daily, type Row, run } from '../../helpers/engine.ts';

/** More bars than a block and than a ring of past values. */
const BARS = 5000;

const wave = (phase: number): Row[] =>
  Array.from({ length: BARS }, (_, i) => {
    const price = 100 + 20 * Math.sin(i / 37 + phase) + ((i * 7919) % 13) / 10;
    return [price, price + 1, price - 1, price + 0.5];
  });

const columnsOf = (strategy: Strategy, feeds: readonly Dataset[], params = {}) =>
  indicatorColumns(strategy, { params, feeds, options: DEFAULT_RUN_OPTIONS }, { progress: new Int32Array(1) });

/** Values by name at every bar of a run, as `onBar` reads them. */
function seenBy(series: Readonly<Record<string, () => number>>, into: Record<string, number[]>): void {
  for (const [name, read] of Object.entries(series)) {
    into[name] ??= [];
    into[name].push(read());
  }
}

describe('indicators as columns', () => {
  test('are bit for bit what the strategy reads', () => {
    const seen: Record<string, number[]> = {};
    const strategy = defineStrategy({
      name: 'reads',
      params: { days: int(10) },
      indicators: ({ close, params }) => ({
        mean: sma(close, params.days),
        band: bollinger(close, 20, 2),
        smooth: ema(sma(close, 5), 7),
      }),
      onBar({ ind }) {
        seenBy(
          { mean: () => ind.mean.value, 'band.upper': () => ind.band.upper.value, smooth: () => ind.smooth.value },
          seen,
        );
      },
    });
    const dataset = daily(wave(0));
    const { record } = run(strategy, dataset, {}, {}, { days: 12 });
    const columns = columnsOf(strategy, [dataset], { days: 12 });
    expect(columns.map(({ name, feed }) => [name, feed])).toEqual(
      ['mean', 'band.middle', 'band.upper', 'band.lower', 'smooth'].map(name => [name, 'main']),
    );
    for (const [name, values] of Object.entries(seen)) {
      const column = columns.find(each => each.name === name)!.values;
      expect([...column.subarray(record.firstStep)]).toEqual(values);
      expect(column).toHaveLength(BARS);
    }
    expect(columns[0]!.values[10]).toBeNaN();
  });

  test('belong to the feed on whose bars they are', () => {
    const ratio = (a: Series, b: Series) => fold([a, b], () => (x, y) => x / y);
    const strategy = defineStrategy({
      name: 'two',
      data: { a: 'a', b: 'b' },
      indicators: ({ bars }) => ({ own: sma(bars.b.close, 3), ratio: ratio(bars.a.close, bars.b.close) }),
      onBar() {},
    });
    const [a, b] = [daily(wave(0)), daily(wave(1).slice(0, 900), { symbol: 'B', fromDay: 700 })];
    const [own, both] = columnsOf(strategy, [a, b]);
    expect([own!.feed, own!.values.length, both!.feed, both!.values.length]).toEqual(['b', 900, 'a', BARS]);
    expect(both!.values[699]).toBeNaN();
    expect(both!.values[700]).toBe(a.bars.close[700]! / b.bars.close[0]!);
  });

  test('a strategy without indicators has none; one that fails says where', () => {
    const dataset = daily(wave(0));
    expect(columnsOf(defineStrategy({ name: 'bare', onBar() {} }), [dataset])).toEqual([]);
    const broken = defineStrategy({ name: 'broken', indicators: ({ close }) => ({ a: sma(close, 0) }), onBar() {} });
    expect(() => columnsOf(broken, [dataset])).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_INDICATOR' }));
  });
});
