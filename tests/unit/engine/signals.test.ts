/** The `signals` form means `if (enter) target(1); else if (exit) target(0)` at every bar. */
import { expect, test } from 'vitest';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { defineStrategy, type Series, type Signal, sig } from '../../../src/runtime/index.ts';
import { at, type Context, daily, endings, run, told } from '../../helpers/engine.ts';

type Pair = (prices: { close: Series }) => { enter: Signal; exit: Signal };
const prices = (...values: number[]) => daily(values.map(value => at(value)));
const signals = (pair: Pair) => defineStrategy({ name: 'signals', signals: pair });
const between: Pair = ({ close }) => ({ enter: sig.above(close, 100), exit: sig.below(close, 90) });
const byHand = ({ close, order }: Context) => {
  if (close.value > 100) order.target(1);
  else if (close.value < 90) order.target(0);
};

test.each<[rule: string, pair: Pair, data: number[], expected: string[]]>([
  ['enters once, stays, and leaves once', between, [95, 101, 125, 110, 80, 70, 60], ['2: +800 @ 125', '5: -800 @ 70']],
  ['enters again', between, [95, 101, 100, 89, 100, 101, 100], ['2: +1000 @ 100', '4: -1000 @ 100', '6: +1000 @ 100']],
  ['exit without a position does nothing', between, [80, 80, 80], []],
  [
    'where both hold, enter wins',
    ({ close }) => ({ enter: sig.above(close, 100), exit: sig.above(close, 90) }),
    [101, 100, 101, 100],
    ['1: +1000 @ 100', '2: -1000 @ 101', '3: +1010 @ 100'],
  ],
  [
    'an undefined value is false',
    ({ close }) => ({ enter: sig.crossesAbove(close, 50), exit: sig.below(close, 0) }),
    [60, 40, 80, 80],
    ['3: +1250 @ 80'],
  ],
])('%s', (_, pair, data, expected) => {
  expect(told(run(signals(pair), prices(...data)).fills)).toEqual(expected);
});

test.each<[rule: string, options: Partial<RunOptions>, data: number[]]>([
  ['an entry that is refused is tried again', { sizing: 'decision' }, [101, 102, 103, 102, 101]],
  [
    'a position on credit is wiped out between signals',
    { sizing: 'decision', leverage: 2 },
    [101, 180, 120, 70, 120, 120],
  ],
])('as onBar does: %s', (_, options, data) => {
  const [left, right] = [signals(between), byHand].map(play => run(play, prices(...data), options));
  expect(left!.record.state).toBe(right!.record.state);
  expect(endings(left!.orders)).toEqual(endings(right!.orders));
  expect(left!.equity).toEqual(right!.equity);
});

test('what `signals` returns must be conditions', () => {
  const wrong = (pair: unknown) => () => run(signals(pair as Pair), prices(1, 2));
  const shape = expect.objectContaining({ code: 'GB_STRATEGY_SHAPE' });
  expect(wrong(() => ({ enter: true, exit: false }))).toThrow(shape);
  expect(wrong(({ close }: { close: Series }) => ({ enter: sig.above(close, 1) }))).toThrow(shape);
  expect(wrong(() => undefined)).toThrow(shape);
});
