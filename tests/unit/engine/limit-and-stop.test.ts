import { describe, expect, test } from 'vitest';
import { at, type Context, daily, type Row, run, told } from '../../helpers/engine.ts';

/** What one order does, given at bar 0, over bars 1, 2 ... Enough is held to sell from. */
function fate(place: (context: Context) => void, rows: readonly Row[], limitFill: 'through' | 'touch' = 'through') {
  const { fills } = run({ 0: ({ order }) => order.market(10), 1: place }, daily([at(100), at(100), ...rows]), {
    limitFill,
  });
  return told(fills.map(fill => ({ ...fill, bar: fill.bar - 1 }))).slice(1);
}

describe('limit', () => {
  test.each<[rule: string, quantity: number, limit: number, bar: Row, expected: string[]]>([
    ['buy, the open is better: at the open', 1, 99, [97, 98, 96, 97], ['1: +1 @ 97']],
    ['buy, the open is the limit: at the open', 1, 99, [99, 99.5, 99, 99.5], ['1: +1 @ 99']],
    ['buy, price goes through: at the limit', 1, 99, [100, 101, 98.9, 100], ['1: +1 @ 99']],
    ['buy, price touches: no fill', 1, 99, [100, 101, 99, 100], []],
    ['buy, price stays away: no fill', 1, 99, [100, 101, 99.5, 100], []],
    ['sell, the open is better: at the open', -1, 101, [103, 104, 102, 103], ['1: -1 @ 103']],
    ['sell, the open is the limit: at the open', -1, 101, [101, 101, 100, 100], ['1: -1 @ 101']],
    ['sell, price goes through: at the limit', -1, 101, [100, 101.1, 99, 100], ['1: -1 @ 101']],
    ['sell, price touches: no fill', -1, 101, [100, 101, 99, 100], []],
  ])('%s', (_, quantity, limit, bar, expected) => {
    expect(fate(({ order }) => order.limit(quantity, limit), [bar])).toEqual(expected);
  });

  test.each<[rule: string, quantity: number, limit: number, bar: Row, expected: string[]]>([
    ['buy, price touches: at the limit', 1, 99, [100, 101, 99, 100], ['1: +1 @ 99']],
    ['sell, price touches: at the limit', -1, 101, [100, 101, 99, 100], ['1: -1 @ 101']],
    ['price stays away: no fill', 1, 99, [100, 101, 99.1, 100], []],
  ])('with the touch rule: %s', (_, quantity, limit, bar, expected) => {
    expect(fate(({ order }) => order.limit(quantity, limit), [bar], 'touch')).toEqual(expected);
  });

  test('rests until a bar fills it', () => {
    const bars: Row[] = [at(100), at(100), [100, 100, 97, 99]];
    expect(fate(({ order }) => order.limit(1, 98), bars)).toEqual(['3: +1 @ 98']);
  });
});

describe('stop', () => {
  test.each<[rule: string, quantity: number, stop: number, bar: Row, expected: string[]]>([
    ['buy, the open gaps past it: at the open, which is worse', 1, 102, [105, 106, 104, 105], ['1: +1 @ 105']],
    ['buy, inside the bar: at the stop', 1, 102, [100, 103, 99, 101], ['1: +1 @ 102']],
    ['buy, the high is the stop: at the stop', 1, 102, [100, 102, 99, 101], ['1: +1 @ 102']],
    ['buy, price stays below: no fill', 1, 102, [100, 101.9, 99, 101], []],
    ['sell, the open gaps past it: at the open', -1, 95, [90, 92, 88, 91], ['1: -1 @ 90']],
    ['sell, inside the bar: at the stop', -1, 95, [100, 101, 94, 99], ['1: -1 @ 95']],
    ['sell, the low is the stop: at the stop', -1, 95, [100, 101, 95, 99], ['1: -1 @ 95']],
    ['sell, price stays above: no fill', -1, 95, [100, 101, 95.1, 99], []],
  ])('%s', (_, quantity, stop, bar, expected) => {
    expect(fate(({ order }) => order.stop(quantity, stop), [bar])).toEqual(expected);
  });
});

describe('stop-limit, bought at stop 102', () => {
  test.each<[rule: string, limit: number, bars: Row[], expected: string[]]>([
    ['never triggered: a low price alone does not fill it', 103, [[100, 101, 90, 100]], []],
    ['triggered inside, limit at or above the stop: at the stop', 103, [[100, 104, 99, 101]], ['1: +1 @ 102']],
    ['triggered inside, limit equal to the stop: at the stop', 102, [[100, 104, 99, 101]], ['1: +1 @ 102']],
    ['triggered inside, limit below: not in this bar', 101, [[100, 104, 99, 103]], []],
    [
      'triggered inside, limit below: rests from the next bar',
      101,
      [
        [100, 104, 99, 103],
        [103, 103, 100, 103],
      ],
      ['2: +1 @ 101'],
    ],
    [
      'triggered inside, then a better open: at the open',
      101,
      [
        [100, 104, 99, 103],
        [98, 99, 97, 98],
      ],
      ['2: +1 @ 98'],
    ],
    [
      'once triggered it stays so: price need not come back to the stop',
      101,
      [[100, 104, 103, 103], at(103), [103, 103, 100, 103]],
      ['3: +1 @ 101'],
    ],
    ['triggered at the open, within the limit: at the open', 106, [[105, 107, 104, 106]], ['1: +1 @ 105']],
    ['triggered at the open, above the limit: rests in this bar', 104, [[105, 107, 103, 106]], ['1: +1 @ 104']],
    ['triggered at the open, touched only: not filled', 104, [[105, 107, 104, 106]], []],
    [
      'triggered at the open, out of reach: rests on',
      104,
      [
        [105, 107, 104.5, 106],
        [106, 107, 103, 104],
      ],
      ['2: +1 @ 104'],
    ],
  ])('%s', (_, limit, bars, expected) => {
    expect(fate(({ order }) => order.stopLimit(1, 102, limit), bars)).toEqual(expected);
  });

  test.each<[rule: string, limit: number, bars: Row[], expected: string[]]>([
    ['triggered inside, within the limit', 97, [[100, 101, 96, 97]], ['1: -1 @ 98']],
    [
      'triggered inside, above: rests from the next bar',
      99,
      [
        [98.5, 99.5, 96, 97],
        [97, 99.5, 96, 97],
      ],
      ['2: -1 @ 99'],
    ],
    ['triggered at the open, above: rests in this bar', 96, [[95, 97, 94, 96]], ['1: -1 @ 96']],
  ])('sold at stop 98, the mirror image: %s', (_, limit, bars, expected) => {
    expect(fate(({ order }) => order.stopLimit(-1, 98, limit), bars)).toEqual(expected);
  });
});
