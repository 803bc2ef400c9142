import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParamDeclaration } from '../../../src/runtime/sdk/params.ts';
import { float, int } from '../../../src/runtime/sdk/params.ts';
import { sweepSpace } from '../../../src/runtime/sweep/space.ts';
import { errorOf } from '../../helpers/errors.ts';
import { spaceOf } from './swept.ts';

const valuesOf = (text: string) => spaceOf({ params: [text] }).axes[0]?.values;

async function refusal(request: Parameters<typeof spaceOf>[0]) {
  const { code, message, problems } = await errorOf(() => spaceOf(request));
  return { code, lines: [message, ...problems] };
}

describe('the values of a parameter', () => {
  test.each<[string, readonly unknown[]]>([
    ['fast=5..20:5', [5, 10, 15, 20]],
    ['fast=5..19:5', [5, 10, 15]],
    ['slow = 10..12', [10, 11, 12]],
    ['fast=4..10', [4, 6, 8, 10]],
    ['slow=30,10,20,10', [10, 20, 30]],
    ['level=0.1..0.5:0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['level=-0.3..0.3:0.1', [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]],
    ['level=1e-7..3e-7:1e-7', [1e-7, 2e-7, 3e-7]],
    ['level=-0.5,.5', [-0.5, 0.5]],
    ['short=true,false', [false, true]],
    ['short', [false, true]],
    ['exit=time,stop', ['stop', 'time']],
    ['exit', ['stop', 'time', 'both, then']],
  ])('%s', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('0 is never -0', () => {
    expect(Object.is(valuesOf('level=-0.1..0.1:0.1')?.[1], 0)).toBe(true);
  });

  test('a choice may hold a comma', () => {
    expect(spaceOf({ params: ['exit=both, then', 'short'] }).fixed).toMatchObject({ exit: 'both, then' });
  });

  test('any decimal range ends where it says, and every value is the decimal that it looks like', () => {
    const digits = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        digits,
        fc.integer({ min: -9999, max: 9999 }),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 99 }),
        (places, low, step, count) => {
          const text = (units: number) => (units / Number(`1e${places}`)).toFixed(places);
          const declared = { x: float(0, { min: -1e6, max: 1e6 }) };
          const params = [`x=${text(low)}..${text(low + step * count)}:${text(step)}`];
          const values = sweepSpace(declared, { params, seed: 1 }).axes[0]?.values;
          expect(values).toEqual(Array.from({ length: count + 1 }, (_, i) => Number(text(low + step * i)) + 0));
        },
      ),
    );
  });
});

describe('a grid', () => {
  test('has every combination, the first declared parameter slowest, with all parameters', () => {
    const { axes, fixed, sets, kind } = spaceOf({ params: ['slow=20,30', 'fast=5,10', 'level=0'] });
    expect(axes.map(({ name }) => name)).toEqual(['fast', 'slow']);
    expect(fixed).toEqual({ level: 0, short: false, exit: 'stop' });
    expect(kind).toBe('grid');
    expect(sets.map(({ fast, slow }) => [fast, slow])).toEqual([
      [5, 20],
      [5, 30],
      [10, 20],
      [10, 30],
    ]);
    expect(Object.keys(sets[0] ?? {})).toEqual(['fast', 'slow', 'level', 'short', 'exit']);
  });

  test('--where leaves the sets for which it holds; a switch is 1 or 0', () => {
    const { sets } = spaceOf({ params: ['fast=10..30:10', 'slow=10..30:10', 'short'], where: 'fast<slow and short=1' });
    expect(sets.map(({ fast, slow, short }) => [fast, slow, short])).toEqual([
      [10, 20, true],
      [10, 30, true],
      [20, 30, true],
    ]);
  });

  test('without --param that varies, what declares a range varies, and the rest keeps its value', () => {
    const { axes, fixed } = spaceOf({ params: ['slow=30', 'exit=time'] });
    expect(axes.map(({ name, values }) => [name, values.length])).toEqual([
      ['fast', 50],
      ['short', 2],
    ]);
    expect(fixed).toEqual({ slow: 30, level: 0.5, exit: 'time' });
  });
});

describe('a draw', () => {
  test('has distinct sets of the grid, in its order, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.nat(), (random, seed) => {
        const request = { params: ['fast=2..20', 'slow=10..19'] };
        const grid = spaceOf(request).sets.map(set => JSON.stringify(set));
        const drawn = spaceOf({ ...request, random, seed }).sets.map(set => JSON.stringify(set));
        const places = drawn.map(set => grid.indexOf(set));
        expect(drawn).toHaveLength(Math.min(random, grid.length));
        expect(places).not.toContain(-1);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect(spaceOf({ ...request, random, seed }).sets.map(set => JSON.stringify(set))).toEqual(drawn);
      }),
    );
  });

  test('of as many as there are is the grid', () => {
    const request = { params: ['fast=2..20', 'slow=10..19'], where: 'slow>15' };
    expect(spaceOf({ ...request, random: 40 })).toEqual(spaceOf(request));
    expect(spaceOf({ ...request, random: 39 }).kind).toBe('random');
  });

  test('another seed draws other sets', () => {
    const drawn = (seed: number) => spaceOf({ params: ['slow'], random: 20, seed }).sets;
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  test('is even: each value of a parameter comes about equally often', () => {
    const { sets } = spaceOf({ params: ['fast=2..20', 'slow=5..400', 'level=-1..1'], random: 10_000 });
    for (let fast = 2; fast <= 20; fast += 2) {
      expect(sets.filter(set => set.fast === fast).length).toBeGreaterThan(850);
    }
    const mean = sets.reduce((sum, set) => sum + Number(set.level), 0) / sets.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
  });

  test('takes a range without a step as fine as a millionth of it, and keeps to --where', () => {
    const { sets, axes, kind } = spaceOf({ params: ['level', 'fast'], where: 'level>0.5', random: 500 });
    expect([sets.length, kind]).toEqual([500, 'random']);
    for (const { level } of sets) {
      expect(Number(level)).toBeGreaterThan(0.5);
      expect(level).toBe(Number(Number(level).toFixed(6)));
    }
    expect(axes.find(({ name }) => name === 'level')?.values).toEqual(
      sets
        .map(set => set.level)
        .sort((a, b) => Number(a) - Number(b))
        .filter((value, i, all) => value !== all[i - 1]),
    );
  });

  test('from a space too large to list', () => {
    const declared: Record<string, ParamDeclaration> = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`p${i}`, int(1, { max: 1000 })]),
    );
    const { sets } = sweepSpace(declared, { params: [], where: 'p0<p1', random: 1000, seed: 7 });
    expect(new Set(sets.map(set => JSON.stringify(set))).size).toBe(1000);
    expect(sets.every(({ p0, p1 }) => Number(p0) < Number(p1))).toBe(true);
  });

  test('in a narrow corner of a large space has fewer sets', () => {
    const { sets } = spaceOf({
      params: ['slow=5..400', 'fast=2..100:2', 'level=0..1:0.01'],
      where: 'slow=5 and fast=2 and level<0.05',
      random: 50,
    });
    expect(sets.length).toBeGreaterThan(0);
    expect(sets.length).toBeLessThanOrEqual(5);
  });
});

describe('is refused', () => {
  test.each<[string, Parameters<typeof spaceOf>[0], string, RegExp]>([
    ['a misspelt name', { params: ['fats=1'] }, 'GB_PARAM_UNKNOWN', /Did you mean "fast"\?/],
    ['a name that every object has', { params: ['toString=1'] }, 'GB_PARAM_UNKNOWN', /toString/],
    ['no name', { params: ['=5'] }, 'GB_SWEEP_RANGE', /"=5" is not a parameter/],
    ['a value out of bounds', { params: ['fast=2..102'] }, 'GB_PARAM_RANGE', /from 2 to 100, not 102/],
    ['some values of a list', { params: ['slow=7,x,500'] }, 'GB_PARAM_RANGE', /not x, 500\./],
    ['a fraction of a whole number', { params: ['fast=2.5'] }, 'GB_PARAM_RANGE', /whole number/],
    ['no value', { params: ['fast='] }, 'GB_PARAM_RANGE', /fast must be/],
    ['a range of words', { params: ['exit=stop..time'] }, 'GB_PARAM_RANGE', /one of stop, time/],
    ['a step of 0', { params: ['level=0..1:0'] }, 'GB_SWEEP_RANGE', /above 0, not 0\./],
    [
      'a fraction as a step of whole numbers',
      { params: ['fast=2..9:0.5'] },
      'GB_SWEEP_RANGE',
      /a whole number above 0/,
    ],
    ['a step that is no number', { params: ['fast=2..9:'] }, 'GB_PARAM_RANGE', /not 9:\./],
    ['a range that goes down', { params: ['fast=9..2'] }, 'GB_SWEEP_RANGE', /write fast=2\.\.9/],
    ['a parameter twice', { params: ['fast=2,4', 'fast=6'] }, 'GB_SWEEP_RANGE', /given twice/],
    ['a float without a step', { params: ['level'] }, 'GB_SWEEP_RANGE', /level=-1\.\.1:step, or declare float\(0\.5/],
    [
      'a space where all is fixed',
      { params: ['fast=2', 'slow=9', 'short=true', 'exit=stop', 'level=0'] },
      'GB_SWEEP_RANGE',
      /each has one value/,
    ],
    ['too many sets', { params: ['fast', 'slow', 'level=0..1:0.01'] }, 'GB_SWEEP_SIZE', /1,999,800 sets; .* 1,000,000/],
    ['too many draws', { params: ['fast', 'slow', 'level'], random: 1_000_001 }, 'GB_SWEEP_SIZE', /1,000,001/],
    [
      'an empty space',
      { params: ['fast=2..9'], where: 'fast>slow' },
      'GB_SWEEP_EMPTY',
      /drops every set of the space: 4 sets/,
    ],
    [
      'an empty draw',
      { params: ['fast', 'slow', 'level'], where: 'level>1', random: 3 },
      'GB_SWEEP_EMPTY',
      /every set that was drawn/,
    ],
    ['a misspelt condition', { params: ['fast'], where: 'fsat<5' }, 'GB_CONDITION', /"fsat/],
    ['a condition on words', { params: ['fast'], where: 'exit=1' }, 'GB_CONDITION', /exit/],
  ])('%s', async (_name, request, code, says) => {
    const refused = await refusal(request);
    expect(refused.code).toBe(code);
    expect(refused.lines.join('\n')).toMatch(says);
  });

  test('with every problem at once, the unknown name before all', async () => {
    expect(await refusal({ params: ['slow=1', 'fast=9..2', 'fats'] })).toEqual({
      code: 'GB_PARAM_UNKNOWN',
      lines: [
        '3 parameters cannot be swept.',
        'slow must be a whole number from 5 to 400, not 1.',
        'fast=9..2 goes down: write fast=2..9.',
        'There is no parameter "fats". Did you mean "fast"?',
      ],
    });
  });

  test('a strategy that declares no range, with what to write for each parameter', async () => {
    const error = await errorOf(() => sweepSpace({ size: int(1), level: float(0.5) }, { params: [], seed: 1 }));
    expect(error.problems).toEqual([
      'size declares no range: write --param size=low..high:step, or declare int(1, { min: ..., max: ..., step: ... }).',
      'level declares no range: write --param level=low..high:step, or declare float(0.5, { min: ..., max: ..., step: ... }).',
    ]);
  });

  test('a strategy without parameters', async () => {
    const error = await errorOf(() => sweepSpace({}, { params: [], seed: 1 }));
    expect(error).toMatchObject({
      code: 'GB_SWEEP_RANGE',
      message: 'There is no parameter to sweep: the strategy declares none.',
      hint: expect.stringContaining('`params: {'),
    });
  });
});
