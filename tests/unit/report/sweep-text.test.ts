import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainStyle } from '../../../src/runtime/report/style.ts';
import { sweepFindings } from '../../../src/runtime/report/sweep-findings.ts';
import type { SweepOutcome } from '../../../src/runtime/report/sweep-outcome.ts';
import { renderSweep, type SweepView } from '../../../src/runtime/report/sweep-text.ts';
import { runOf } from '../sweep/swept.ts';
import { GRID, sampleSweep } from './sample-sweep.ts';

const VIEW: SweepView = { top: 5, isKept: true };

function text(outcome: SweepOutcome, width = 80, view: Partial<SweepView> = {}): string {
  return `\n${renderSweep(outcome, sweepFindings(outcome), { ...VIEW, ...view }, plainStyle(width))}`;
}

const codes = (outcome: SweepOutcome) => sweepFindings(outcome).warnings.map(({ code }) => code);

test('what is wrong with the data is told as a run tells it, and first', () => {
  const dataWarnings = [{ code: 'bad-rows', message: '2 rows were skipped in a.csv.' }];
  expect(codes(sampleSweep(GRID, { dataWarnings }))).toEqual(['bad-rows', ...codes(sampleSweep())]);
  expect(text(sampleSweep(GRID, { dataWarnings }))).toContain('! warning   2 rows were skipped in a.csv.');
});

test('a grid at 80 columns', () => {
  expect(text(sampleSweep())).toMatchInlineSnapshot(`
    "
      Sweep of sma-cross on stock.SPY.usa@1d
      2020-01-01 to 2028-04-07 · 19 runs in 500 ms on 2 threads · 38 runs and
      114,760 bars a second
      19 sets: fast 10..50 (5 values), slow 20..100 (5 values), short=false, where
      fast<slow

      #  fast  slow  Sharpe  nearby  total return  max drawdown  fills      hash
      1    30    60    1.00    0.75        +50.0%         20.0%    100  00000000
      2    20    60    0.84    0.59        +50.0%         20.0%    100  00000000
      3    40    60    0.84    0.75        +50.0%         20.0%    100  00000000
      4    30    40    0.75    0.84        +50.0%         20.0%    100  00000000
      5    30    80    0.75    0.59        +50.0%         20.0%    100  00000000

      Sharpe by fast (across) and slow (up)
      100 │░ -0.64▒ -0.16▒  0.00▒ -0.16░ -0.64
       80 │▒  0.11▓  0.59█  0.75▓  0.59▒  0.11
       60 │▓  0.36█  0.84█◆ 1.00█  0.84 -
       40 │▒  0.11▓  0.59█  0.75
       20 │░ -0.64
           10     20     30     40     50
      -0.64 ░░░▒▒▒▓▓▓███ 1.00   ◆ best set   - not defined   empty: no set

      best        Sharpe 1.00 with fast=30 slow=60; the typical set has 0.23
      nearby      7 neighbours of the best set: median 0.75, mean 0.71, worst 0.59:
                  67% of its lead over the typical set
      plateau     the best set has the best neighbourhood too: median 0.75 over 8
                  sets
      trials      19 runs added to the ledger of trials

      next        gobool backtest 'my strategy.ts' --set fast=30 --set slow=60 --set level=0.5 --set short=false --set exit=stop --fee 10bps
      hash        0000000000000000000000000000000000000000000000000000000000000010
      sweep       s-0123456789ab
    "
  `);
});

test('sets drawn at random at 100 columns', () => {
  const outcome = sampleSweep({ params: ['fast', 'slow=10..110', 'level=0..1'], random: 200 });
  expect(text(outcome, 100, { isKept: false, report: '/reports/a page.html' })).toMatchInlineSnapshot(`
    "
      Sweep of sma-cross on stock.SPY.usa@1d
      2020-01-01 to 2028-04-07 · 200 runs in 500 ms on 2 threads · 400 runs and 1,208,000 bars a second
      200 sets drawn at random: fast 2..100 (47 values), slow 10..110 (91 values), level
      0.009327..0.992448 (200 values), short=false

      #  fast  slow     level  Sharpe  nearby  total return    CAGR  max drawdown  fills      hash
      1    30    51  0.460467    0.95    0.70        +50.0%  +4.00%         20.0%    100  00000000
      2    36    57   0.61953    0.92    0.62        +50.0%  +4.00%         20.0%    100  00000000
      3    24    59  0.313258    0.91    0.83        +50.0%  +4.00%         20.0%    100  00000000
      4    30    65  0.195796    0.89    0.64        +50.0%  +4.00%         20.0%    100  00000000
      5    32    73  0.347834    0.86    0.76        +50.0%  +4.00%         20.0%    100  00000000

      Sharpe by level (across) and slow (up)
      101 │        ░░░░▓▓▓▓████▓▓▓▓████▓▓▓▓▓▓▓▓▓▓▓▓    ░░░░▓▓▓▓▓▓▓▓░░░░    ▒▒▒▒████
       90 │▒▒▒▒▓▓▓▓    ▒▒▒▒░░░░    ████▓▓▓▓▓▓▓▓░░░░████▓▓▓▓████████████░░░░░░░░░░░░
       78 │                ▒▒▒▒    ░░░░░░░░████████████▓▓▓▓████▓▓▓▓    ████    ████
       67 │▓▓▓▓░░░░▒▒▒▒▓▓▓▓████▓▓▓▓▓▓▓▓████████████████    ████▒▒▒▒░░░░████    ████
       55 │████████████████████◇███        ████    ████░░░░        ████████    ████
       44 │░░░░▒▒▒▒▒▒▒▒████░░░░████    ◆███████████░░░░        ████    ▓▓▓▓▒▒▒▒
       34 │░░░░░░░░████    ▓▓▓▓▓▓▓▓████    ████        ████████████████    ░░░░
       24 │▓▓▓▓        ░░░░    ▓▓▓▓    ▒▒▒▒    ▓▓▓▓░░░░▓▓▓▓████████████▒▒▒▒▒▒▒▒████
       10 │▓▓▓▓▓▓▓▓▓▓▓▓        ▒▒▒▒████    ░░░░░░░░░░░░████████░░░░████▓▓▓▓░░░░████
           0.00933 0.139   0.217   0.348   0.477   0.593   0.686   0.768   0.868
      -6.58 or worse ░░░▒▒▒▓▓▓███ 0.92   ◆ best set   ◇ best neighbourhood   empty: no set
      several sets in a cell: their median

      best        Sharpe 0.95 with fast=30 slow=51 level=0.460467; the typical set has -0.93
      nearby      8 sets nearest to the best one: median 0.70, mean 0.70, worst 0.43: 87% of its lead
                  over the typical set
      plateau     fast=24 slow=59 level=0.313258 (0.91 itself): median 0.86 over 9 sets
      trials      200 runs that the ledger of trials does not know

      next        gobool backtest 'my strategy.ts' --set fast=30 --set slow=51 --set level=0.460467 --set short=false --set exit=stop --fee 10bps
      hash        0000000000000000000000000000000000000000000000000000000000000058
      report      /reports/a page.html
    "
  `);
});

test('no line ends in a space or is wider than the terminal, the command to copy excepted', () => {
  const sweeps = [sampleSweep(), sampleSweep({ params: ['fast', 'slow=10..60', 'level=0..1:0.25', 'short'] })];
  for (const outcome of sweeps) {
    for (let width = 60; width <= 130; width += 10) {
      const lines = text(outcome, width).split('\n');
      for (const line of lines.filter(each => !each.startsWith('  next'))) {
        expect(line).toBe(line.trimEnd());
        if (!line.startsWith('  hash')) expect(line.length).toBeLessThanOrEqual(Math.min(width, 120));
      }
    }
  }
});

test('columns that matter least give way on a narrow terminal', () => {
  const titles = (width: number) => /^ +#.*$/m.exec(text(sampleSweep(), width))?.[0].trim().split(/ {2,}/);
  expect(titles(120)).toEqual([
    '#',
    'fast',
    'slow',
    'Sharpe',
    'nearby',
    'total return',
    'CAGR',
    'max drawdown',
    'fills',
    'hash',
  ]);
  expect(titles(60)).toEqual(['#', 'fast', 'slow', 'Sharpe', 'nearby', 'total return', 'max drawdown']);
});

test('a sweep that went on where another one stopped', () => {
  const shown = text(sampleSweep(GRID, { resumed: 9 }));
  expect(shown).toContain('10 runs in 500 ms');
  expect(shown).toContain('9 done before');
  expect(shown).toContain('10 runs added to the ledger of trials');
});

describe('warnings', () => {
  const outcome = sampleSweep();
  const withRuns = (change: (index: number) => Partial<Parameters<typeof runOf>[3]>) =>
    sampleSweep(GRID, { runs: outcome.runs.map(run => ({ ...run, ...change(run.index) })) });

  test('none for a hill', () => {
    expect(codes(outcome)).toEqual([]);
  });

  test('the best set at the edge of a range', () => {
    expect(codes(sampleSweep({ params: ['fast=30..50:10', 'slow=20..100:20'] }))).toEqual(['edge-of-range']);
    expect(codes(sampleSweep({ params: ['fast=30,32', 'slow=50..70:2'] }))).toEqual([]);
  });

  test('no edge where sets inside of the range are as good: all of them, or all of one parameter', () => {
    const params = ['fast=30..50:10', 'slow=20..100:20'];
    const { runs } = sampleSweep({ params });
    const all = runs.map(run => runOf(run.index, run.params, 1));
    expect(codes(sampleSweep({ params }, { runs: all }))).toEqual([]);
    const bySlow = runs.map(run => runOf(run.index, run.params, Number(run.params.slow) / 100));
    const { warnings } = sweepFindings(sampleSweep({ params }, { runs: bySlow }));
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/^slow=100 /)]);
  });

  test('a lone peak', () => {
    const runs = outcome.runs.map(run => runOf(run.index, run.params, run.index === 9 ? 2 : 0.1 * (run.index % 3)));
    expect(codes(sampleSweep(GRID, { runs }))).toContain('lone-peak');
  });

  test('an objective that most runs have not', () => {
    const runs = outcome.runs.map(run => runOf(run.index, run.params, run.index % 3 === 0 ? 1 : null));
    expect(codes(sampleSweep(GRID, { runs }))).toContain('undefined-objective');
    const many = Array.from({ length: 1_200 }, (_, index) => runOf(index, runs[0]?.params ?? {}, null));
    const [warning] = sweepFindings(sampleSweep(GRID, { runs: many })).warnings;
    expect(warning?.message).toBe('Sharpe is not defined in 1,200 of 1,200 runs.');
  });

  test('few fills, no costs, everything lost', () => {
    expect(codes(withRuns(() => ({ fills: 29 })))).toEqual(['few-fills']);
    expect(codes(sampleSweep(GRID, { options: { ...outcome.options, fee: { kind: 'none' } } }))).toEqual(['no-costs']);
    expect(codes(withRuns(() => ({ state: 'wiped-out' })))).toEqual(['wiped-out']);
  });

  test('everything lost, and by how many', () => {
    const [first, ...others] = outcome.runs.map(run => ({ ...run, state: 'wiped-out' as const }));
    const idle = runOf(first?.index ?? 0, first?.params ?? {}, null);
    const all = text(sampleSweep(GRID, { runs: others }));
    const some = text(sampleSweep(GRID, { runs: [idle, ...others] }));
    expect(all).toContain('Every set lost everything; the best set too.');
    expect(some).not.toContain('Every set');
    expect(some.replace(/\s+/g, ' ')).toContain('lost everything, as did every other set that has a Sharpe.');
    expect([all, some].every(each => each.includes('unknown: the best set lost everything'))).toBe(true);
  });
});

test('docs/sweeps.md has every warning', () => {
  const source = readFileSync(new URL('../../../src/runtime/report/sweep-warnings.ts', import.meta.url), 'utf8');
  const page = readFileSync(new URL('../../../docs/sweeps.md', import.meta.url), 'utf8');
  const documented = [...page.slice(page.indexOf('## Warnings')).matchAll(/^\| `([\w-]+)` \|/gm)].map(
    ([, code]) => code,
  );
  expect(documented).toEqual([...source.matchAll(/code: '([\w-]+)'/g)].map(([, code]) => code));
});

describe('what is around the best set', () => {
  test('nothing that varies is a number', () => {
    expect(text(sampleSweep({ params: ['short', 'exit'] }))).toContain('no set has neighbours');
  });

  test('too many drawn sets', () => {
    expect(text(sampleSweep({ params: ['fast', 'level=0..1'], random: 5001 }))).toContain(
      '5,001 drawn sets are too many',
    );
  });

  test('no objective at all', () => {
    const outcome = sampleSweep();
    const runs = outcome.runs.map(run => runOf(run.index, run.params, null));
    expect(text(sampleSweep(GRID, { runs }))).toContain('unknown: no neighbours have a value');
  });
});
