import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRIC_NAMES } from '../../../src/runtime/metrics/metric-names.ts';
import { OBJECTIVE_NAMES, objectiveOf } from '../../../src/runtime/sweep/objective.ts';
import { rankRuns } from '../../../src/runtime/sweep/ranking.ts';
import { errorOf } from '../../helpers/errors.ts';
import { runOf, SHARPE } from './swept.ts';

const order = (runs: readonly { readonly index: number }[]) => runs.map(({ index }) => index);

describe('rankRuns', () => {
  test('best first, equal ones in the order of the space, undefined ones last', () => {
    const sharpes = [0.5, null, 1, -2, 1, Number.NaN];
    const runs = sharpes.map((sharpe, index) => runOf(index, {}, sharpe));
    expect(order(rankRuns(runs, SHARPE))).toEqual([2, 4, 0, 3, 1, 5]);
    expect(order(rankRuns(runs, { metric: 'sharpe', direction: 'minimize' }))).toEqual([3, 0, 2, 4, 1, 5]);
  });

  test('a run that lost everything comes after all that did not', () => {
    const lost = runOf(0, {}, 9, { state: 'wiped-out' });
    expect(order(rankRuns([lost, runOf(1, {}, -5), runOf(2, {}, null)], SHARPE))).toEqual([1, 0, 2]);
    const ruined = runOf(0, {}, null, { state: 'wiped-out' });
    expect(order(rankRuns([ruined, runOf(1, {}, -5), runOf(2, {}, null)], SHARPE))).toEqual([1, 2, 0]);
  });

  test('does not depend on the order in which runs come in', () => {
    const runs = fc.array(fc.option(fc.constantFrom(-1, 0, 0.5, 1)), { maxLength: 30 });
    fc.assert(
      fc.property(runs, fc.infiniteStream(fc.nat()), (sharpes, keys) => {
        const all = sharpes.map((sharpe, index) => runOf(index, {}, sharpe));
        const shuffled = all
          .map(run => ({ run, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ run }) => run);
        expect(rankRuns(shuffled, SHARPE)).toEqual(rankRuns(all, SHARPE));
      }),
    );
  });
});

describe('objectiveOf', () => {
  test.each([
    ['sharpe', 'maximize'],
    ['totalReturn', 'maximize'],
    ['maxDrawdown', 'minimize'],
    ['volatility', 'minimize'],
    ['valueAtRisk', 'minimize'],
  ])('%s: %s', (metric, direction) => {
    expect(objectiveOf(metric)).toEqual({ metric, direction });
    expect(objectiveOf(metric, 'minimize').direction).toBe('minimize');
  });

  test('takes every metric', () => {
    expect(OBJECTIVE_NAMES.map(name => objectiveOf(name).metric)).toEqual(OBJECTIVE_NAMES);
    expect(METRIC_NAMES.filter(name => !OBJECTIVE_NAMES.includes(name))).toEqual(['deflatedSharpe']);
  });

  test.each([
    ['sharp', 'There is no metric "sharp". Did you mean "sharpe"?'],
    ['happiness', /^There is no metric "happiness"\. Metrics: totalReturn, cagr/],
  ])('%s is refused', async (metric, says) => {
    const error = await errorOf(() => objectiveOf(metric));
    expect(error.code).toBe('GB_SWEEP_OBJECTIVE');
    expect(error.message).toMatch(says);
  });
});
