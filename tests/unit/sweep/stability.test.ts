import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { int } from '../../../src/runtime/sdk/params.ts';
import { Ascending } from '../../../src/runtime/sweep/ascending.ts';
import { rankRuns } from '../../../src/runtime/sweep/ranking.ts';
import { sweepSpace } from '../../../src/runtime/sweep/space.ts';
import { type Stability, type SweptRuns, stabilityOf } from '../../../src/runtime/sweep/stability.ts';
import { runOf, SHARPE, sweepOf } from './swept.ts';

function stability(swept: SweptRuns): Stability {
  const found = stabilityOf(swept, rankRuns(swept.runs, swept.objective)[0]!);
  if (found === null) throw new Error('No set has neighbours.');
  return found;
}

function around(swept: SweptRuns, params: Record<string, unknown>) {
  const run = swept.runs.find(each => Object.entries(params).every(([name, value]) => each.params[name] === value));
  return stability(swept).around(run!);
}

const sum = ({ fast = 0, slow = 0 }: Record<string, number>) => fast + slow;

describe('neighbours on a grid', () => {
  const plane = sweepOf({ params: ['fast=10..50:10', 'slow=100..400:100'] }, sum);

  test.each<[string, Record<string, number>, object]>([
    ['inside: all eight', { fast: 20, slow: 200 }, { n: 8, mean: 220, median: 220, worst: 110 }],
    ['at an edge: five', { fast: 10, slow: 200 }, { n: 5, mean: 216, median: 220, worst: 110 }],
    ['in a corner: three', { fast: 10, slow: 100 }, { n: 3, mean: 550 / 3, median: 210, worst: 120 }],
  ])('%s', (_name, params, expected) => {
    expect(around(plane, params)).toEqual(expected);
  });

  test('with three axes: all 26', () => {
    const cube = sweepOf({ params: ['fast=2..6:2', 'slow=5..7', 'level=0..0.2:0.1'] }, sum);
    expect(around(cube, { fast: 4, slow: 6, level: 0.1 }).n).toBe(26);
  });

  test('with more than three: one step along one axis', () => {
    const names = ['a', 'b', 'c', 'd'];
    const declared = Object.fromEntries(names.map(name => [name, int(1, { min: 0, max: 2 })]));
    const { axes, kind, sets } = sweepSpace(declared, { params: [], seed: 1 });
    const runs = sets.map((params, index) => runOf(index, params, Number(params.a)));
    const swept = { axes, kind, runs, objective: SHARPE };
    expect(around(swept, { a: 1, b: 1, c: 1, d: 1 })).toEqual({ n: 8, mean: 1, median: 1, worst: 0 });
  });

  test('switches and choices have no neighbours', () => {
    const swept = sweepOf({ params: ['fast=2..6:2', 'short', 'exit'] }, sum);
    expect(around(swept, { fast: 4, short: true, exit: 'time' })).toMatchObject({ n: 2, median: 34 });
    const switches = sweepOf({ params: ['short', 'exit'] }, () => 1);
    expect(stabilityOf(switches, switches.runs[0]!)).toBeNull();
  });

  test('sets that --where dropped, and runs without the objective, do not count', () => {
    const swept = sweepOf({ params: ['fast=10..30:10', 'slow=10..30:10'], where: 'fast<=slow' }, ({ fast, slow }) =>
      fast === 10 && slow === 30 ? null : 1,
    );
    expect(around(swept, { fast: 20, slow: 20 })).toMatchObject({ n: 5 - 1 });
  });

  test('is the same as looking at every pair of sets', () => {
    const values = fc.array(fc.option(fc.integer({ min: -9, max: 9 })), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(values, sharpes => {
        const swept = sweepOf({ params: ['fast=2..10:2', 'slow=5..16'] }, () => 0);
        const runs = swept.runs.map((run, index) => runOf(index, run.params, sharpes[index] ?? null));
        const field = stabilityOf({ ...swept, runs }, rankRuns(runs, swept.objective)[0]!);
        const steps = (a: number, b: number, size: number) => Math.abs(a - b) / size;
        for (const run of runs) {
          const near = runs.filter(other => {
            const [alongFast, alongSlow] = [
              steps(Number(run.params.fast), Number(other.params.fast), 2),
              steps(Number(run.params.slow), Number(other.params.slow), 1),
            ];
            return other !== run && alongFast <= 1 && alongSlow <= 1 && other.metrics.sharpe !== null;
          });
          const worst = near.length === 0 ? null : Math.min(...near.map(other => other.metrics.sharpe!));
          if (field !== null) expect(field.around(run)).toMatchObject({ n: near.length, worst });
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('neighbours of drawn sets', () => {
  test('are the eight nearest, each axis in shares of its range', () => {
    const swept = sweepOf({ params: ['fast', 'level'], random: 300 }, ({ level = 0 }) => level);
    const [first, last] = [swept.runs[0]!, swept.runs.at(-1)!];
    const share = (name: 'fast' | 'level', value: unknown) => {
      const { values } = swept.axes.find(axis => axis.name === name)!;
      return (Number(value) - Number(values[0])) / (Number(values.at(-1)) - Number(values[0]));
    };
    const distance = (a: typeof first, b: typeof first) =>
      Math.hypot(
        share('fast', a.params.fast) - share('fast', b.params.fast),
        share('level', a.params.level) - share('level', b.params.level),
      );
    for (const run of [first, last, swept.runs[150]!]) {
      const nearest = swept.runs.filter(other => other !== run).sort((a, b) => distance(run, a) - distance(run, b));
      const levels = nearest.slice(0, 8).map(({ params }) => Number(params.level));
      expect(stability(swept).around(run).worst).toBe(Math.min(...levels));
      expect(stability(swept).around(run).mean).toBeCloseTo(levels.reduce((a, b) => a + b) / 8, 12);
    }
    expect(stability(swept).neighbours).toBe('nearest');
  });

  test('are not looked for among too many sets', () => {
    const swept = sweepOf({ params: ['fast', 'level'], random: 5001 }, () => 1);
    expect(stabilityOf(swept, swept.runs[0]!)).toBeNull();
  });
});

/** A hill of height 1 around fast = slow = 20, and a lone peak of `height` in a corner. */
const hillAndPeak = (height: number) =>
  sweepOf({ params: ['fast=2..40:2', 'slow=10..48:2'] }, ({ fast = 0, slow = 0 }) => {
    if (fast === 36 && slow === 44) return height;
    return Math.max(0, 1 - ((fast - 20) ** 2 + (slow - 20) ** 2) / 400);
  });

describe('the optimum', () => {
  test('a lone peak is the best set, and the hill has the best neighbourhood', () => {
    const { best, plateau, typical } = stability(hillAndPeak(3));
    expect(best.run.params).toMatchObject({ fast: 36, slow: 44 });
    expect(best.kept).toBeLessThan(0);
    expect(plateau.run.params).toMatchObject({ fast: 20, slow: 20 });
    expect(plateau.level).toBeCloseTo(0.99, 10);
    expect(typical).toBeGreaterThan(0);
  });

  test('a hill keeps nearly all of its lead', () => {
    const { best, plateau } = stability(hillAndPeak(0));
    expect(best.run).toBe(plateau.run);
    expect(best.kept).toBeGreaterThan(0.95);
  });

  test('where less is better, all of it turns around', () => {
    const swept = hillAndPeak(3);
    const runs = swept.runs.map(run => ({ ...run, metrics: { maxDrawdown: 0 - run.metrics.sharpe! } }));
    const turned = stability({ ...swept, runs, objective: { metric: 'maxDrawdown', direction: 'minimize' } });
    const straight = stability(swept);
    expect(turned.best.kept).toBe(straight.best.kept);
    expect(turned.plateau.run.index).toBe(straight.plateau.run.index);
    expect(turned.plateau.level).toBe(0 - straight.plateau.level);
    expect(turned.best.around.worst).toBe(0 - straight.best.around.worst!);
  });

  test('where all sets are equal, there is no lead to keep', () => {
    expect(stability(sweepOf({ params: ['fast=2..10:2'] }, () => 1)).best.kept).toBeNull();
  });

  test('no set is a plateau whose neighbours are mostly missing, or that lost everything', () => {
    const swept = sweepOf({ params: ['fast=2..10:2', 'slow=10..14'] }, sum);
    const runs = swept.runs.map(run => (run.params.fast === 8 ? { ...run, state: 'wiped-out' as const } : run));
    expect(stability({ ...swept, runs }).plateau.run.params).toMatchObject({ fast: 10, slow: 13 });
  });

  test('a neighbour that lost everything counts as the worst of the sweep, also without an objective', () => {
    const swept = sweepOf({ params: ['fast=2..10:2'] }, ({ fast }) => Number(fast));
    const runs = swept.runs.map(run => {
      return run.params.fast === 8 ? runOf(run.index, run.params, null, { state: 'wiped-out' }) : run;
    });
    const { best } = stability({ ...swept, runs });
    expect(best.run.params.fast).toBe(10);
    expect(best.around).toEqual({ n: 1, mean: 2, median: 2, worst: 2 });
    expect(best.kept).toBeLessThan(0);
  });

  test('without any objective there is nothing to say', () => {
    const swept = sweepOf({ params: ['fast=2..10:2'] }, () => null);
    expect(stabilityOf(swept, swept.runs[0]!)).toBeNull();
  });

  test('the whole is unmoved by adding a constant, and scales with a factor', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 8 }), (shift, factor) => {
        const plain = stability(hillAndPeak(2));
        const swept = hillAndPeak(2);
        const runs = swept.runs.map(run => runOf(run.index, run.params, run.metrics.sharpe! * factor + shift));
        const moved = stability({ ...swept, runs });
        expect(moved.best.kept).toBeCloseTo(plain.best.kept!, 9);
        expect(moved.plateau.run.index).toBe(plain.plateau.run.index);
      }),
      { numRuns: 10 },
    );
  });
});

test('Ascending: the statistics of any sample', () => {
  const sample = new Ascending();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 70 }), values => {
      sample.clear();
      for (const value of values) sample.add(value);
      const sorted = values.toSorted((a, b) => a - b);
      const middle = (values.length - 1) / 2;
      expect(sample.count).toBe(values.length);
      expect(sample.lowest).toBe(sorted[0]);
      expect(sample.median).toBe((sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2);
      expect(sample.mean).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 9);
    }),
  );
});
