import { describe, expect, test } from 'vitest';
import type { SweepPageData } from '../../../../src/runtime/report/html/page-data.ts';
import { axisProfile } from '../../../../src/runtime/report/html/sweep/axis-profile.ts';
import { renderSweepHtml } from '../../../../src/runtime/report/html/sweep/sweep-page.ts';
import type { SweepOutcome } from '../../../../src/runtime/report/sweep-outcome.ts';
import { findingsOf, NO_ASSETS, sampleSweep } from './pages.ts';

const page = (changes: Partial<SweepOutcome> = {}) => {
  const outcome = sampleSweep(changes);
  return renderSweepHtml(outcome, findingsOf(outcome), NO_ASSETS);
};
const dataOf = (text: string): SweepPageData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? '');

describe('the report of a sweep', () => {
  test('names the best set, and how to run it alone', () => {
    expect(page()).toContain(
      'gobool backtest sma-cross.ts --set fast=3 --set slow=30 --set mode=calm --fee 10bps --report</code>',
    );
    expect(page({ file: "my 'best' file.ts" })).toContain('gobool backtest &#39;my &#39;\\&#39;&#39;best');
  });

  test('lists all sets, best first, those without an objective last', () => {
    const { axes, columns, hashes, wipedOut, plateau, isMaximized } = dataOf(page());
    const [sharpe] = columns;
    expect(sharpe).toMatchObject({ label: 'Sharpe', unit: 'number' });
    expect(sharpe!.values[0]).toBe(1);
    expect(sharpe!.values.at(-1)).toBeNull();
    expect(axes.map(({ values, places }) => values[places[0]!])).toEqual(['3', '30']);
    expect([hashes.length, wipedOut.filter(Boolean).length, isMaximized]).toEqual([20, 1, true]);
    expect(plateau).toBeGreaterThanOrEqual(0);
    expect(columns.map(({ label }) => label)).toEqual(['Sharpe', 'total return', 'final equity', 'fills']);
  });

  test('offers the axes of its heat map where several parameters vary', () => {
    expect(page()).toContain('<option value="0" selected>fast</option>');
    const single = sampleSweep();
    const axes = single.axes.slice(0, 1);
    const runs = single.runs.filter(({ params }) => params.slow === 30);
    const text = page({ axes, runs, fixed: { slow: 30, mode: 'calm' } });
    expect(text).toContain('id="heat-map"');
    expect(text).not.toContain('<select');
  });

  test('without anything that varies there is only the list', () => {
    const text = page({ axes: [], runs: sampleSweep().runs.slice(2, 3) });
    expect(text).not.toContain('id="heat-map"');
    expect(text).not.toContain('id="profiles"');
    expect(text).toContain('id="rank-rows"');
  });

  test('says what the neighbours came to, and that trading was free', () => {
    expect(page()).toMatch(/The best set (stands on a (plateau|slope)|is a lone peak)/);
    expect(page()).toContain('<strong class="alarm">no costs</strong>');
  });

  test('agrees with the terminal on what the neighbours keep', () => {
    const of = (sharpe: (fast: number, slow: number) => number) => {
      const { runs } = sampleSweep();
      return page({
        runs: runs.map(run => ({ ...run, metrics: { sharpe: sharpe(+run.params.fast!, +run.params.slow!) } })),
      });
    };
    const nothing = 'The best set is a lone peak: its median neighbour keeps 0% of its lead';
    expect(of((fast, slow) => (fast === 3 && slow === 30 ? 2 : 1))).toContain(nothing);
    const below = of((fast, slow) => (fast === 1 && slow === 40 ? 2 : fast < 3 && slow > 20 ? 0 : 1));
    expect(below).toContain(nothing);
    expect(below).not.toContain('-100%');
    expect(of(() => 1)).toContain('The best set has no lead over a typical set. A typical set has 1.00.');
  });

  test('a lone peak with the best neighbourhood is no slope', () => {
    const axes = [{ name: 'fast', values: [1, 2] }];
    const pair = sampleSweep().runs.slice(2, 4);
    const runs = pair.map((run, index) => ({ ...run, params: { fast: index + 1 }, metrics: { sharpe: index } }));
    expect(page({ axes, runs, fixed: {} })).toContain(
      'a lone peak: its median neighbour keeps 0% of its lead over a typical set. Luck looks like this. A typical',
    );
  });

  test('says how fast it was, where anything ran', () => {
    expect(page({ elapsedMs: 2000, stepsPerRun: 100 })).toContain('<dd>1,000 bars a second, 2 workers</dd>');
    expect(page({ resumed: 20 })).toContain('<dd>2 workers</dd>');
  });

  test('what no warning calls a lone peak is a slope', () => {
    const axes = [{ name: 'fast', values: [1, 2, 3, 4, 5] }];
    const [run] = sampleSweep().runs.slice(2);
    const runs = [0, 0, 0, 0.36, 1].map((sharpe, index) => {
      return { ...run!, index, params: { fast: index + 1 }, metrics: { sharpe } };
    });
    const text = page({ axes, runs, fixed: {} });
    expect(text).toContain('The best set stands on a slope: its median neighbour keeps 36% of its lead');
    expect(text).not.toContain('stands alone');
  });

  test('text of users stays text', () => {
    const strategy = '</script><b>"x"</b>';
    const text = page({ strategy, where: 'fast<slow', axes: sampleSweep().axes });
    expect(text).toContain('<h1>&lt;/script&gt;&lt;b&gt;&quot;x&quot;&lt;/b&gt;</h1>');
    expect(text).toContain('where fast&lt;slow');
  });
});

test('a profile holds the objective of all sets that share a value', () => {
  const sweep = sampleSweep();
  const points = axisProfile(sweep, sweep.axes[0]!);
  expect(points.map(({ value, n }) => [value, n])).toEqual([
    [1, 3],
    [2, 4],
    [3, 4],
    [4, 4],
    [5, 4],
  ]);
  expect(points[2]).toMatchObject({ best: 1, median: 0.9, low: 0.875, high: 0.925 });
});

test('of what is to be small, the best is the smallest', () => {
  const sweep = sampleSweep({ objective: { metric: 'sharpe', direction: 'minimize' } });
  const [, , third] = axisProfile(sweep, sweep.axes[0]!);
  expect(third!.best).toBeCloseTo(0.8, 12);
  expect(third!.low).toBeGreaterThan(third!.high);
});
