import { describe, expect, test } from 'vitest';
import { inDialect } from '../../../src/runtime/metrics/dialects/dialect.ts';
import type { RunSummary } from '../../../src/runtime/metrics/summary.ts';
import type { ReportContext } from '../../../src/runtime/report/context.ts';
import { plainStyle, type TextStyle } from '../../../src/runtime/report/style.ts';
import { renderBacktest } from '../../../src/runtime/report/text.ts';
import { sampleRun } from './sample-run.ts';

const { summary, context } = sampleRun();

/** With its margin, as a terminal shows it. */
function at(width: number, changes: Partial<RunSummary> = {}, contextChanges: Partial<ReportContext> = {}): string {
  return `\n${renderBacktest({ ...summary, ...changes }, { ...context, ...contextChanges }, plainStyle(width))}`;
}

test('80 columns', () => {
  expect(at(80)).toMatchInlineSnapshot(`
    "
      sma-cross on stock.SPY.usa@1d
      2020-01-01 to 2028-04-07 · 3,020 bars in 41 ms · fast=10 slow=30

      ⠤⠤ sma-cross   ⠂⠂ buy and hold stock.SPY.usa
              │                       ⢠⡀  ⢠⡀
      180,000 ┤                     ⣄⠜⠊⣇⣀⢠⣸⠗⡄                            ⡦⡀ ⡀⢠⡀    ⢀
              │                    ⢀⠇⠂⡀⠁⠄⠁⠁ ⡇⡀⢰⣄  ⡰⢢⡷⡀         ⡸⢱       ⡸ ⢸⢠⠋⠁⠣⣀  ⢀⠎
      160,000 ┤                    ⡜   ⠂    ⠑⠉⠁⠁⠣⡸ ⠈⠂⠘⠒⠑⢢  ⡠⢳⢠⠓⠁⢸      ⢰⠁ ⠈⠁    ⡧⠔⠁
              │                   ⢸               ⠄⠁  ⠂⠁ ⠟⣆⠇⠈⠞⠁⡀ ⡧⢄ ⢠⡀⢀⡸
      140,000 ┤                  ⢰⠁             ⠁⠂           ⠂    ⠈⠖⠁⠧⠃   ⠂ ⠂⠁⠂    ⡀
      120,000 ┤    ⢀⡀            ⡜                       ⠁⠂              ⠂ ⠁   ⠁⡀⠄⠂
              │ ⢠⡀ ⢸⠘⣄⠔⠑⠒⠜⢢ ⢀⣀ ⢰⠔⠁                               ⠁⠁     ⠄
      100,000 ┤⡠⠊⠈⠉⠊ ⠁  ⠂⡀⠈⠒⠊⠁⠗⠁                                   ⡀⡀  ⡀
              │                                                      ⠂⠁
           0% ┤⠻⢹⠿⡿⣿⢻⣿⣿⢿⣿⡿⣿⣿⣿⣿⣿⣿⣿⢿⢻⠿⡟⢿⠻⣿⣿⣿⣿⠿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
              │    ⠈ ⠋⠁ ⠈ ⠘⢻⠛⠉⠿⠋⠁        ⠁  ⢻⠻⠻⠛⠻⠿⠛⠙⠋⠹⠿⠻⢿⣿⣿⡿⢿⣿⠿⠟⠸⣿⣿⣿⣿⣿⣿⣿⠛⠁⠘⠻⠁ ⠉⠹⡿⣿⠻⠛
         -31% ┤                                          ⠉⠋⠃⠈⠉   ⠋⠙⢿⠛⠿⠟⠉
               2020-01-01                    2024-03-10                   2028-04-07

                         strategy        95% interval  buy & hold
      total return         +72.3%                          +34.7%
      CAGR                 +6.80%    -5.45% to +20.9%      +3.67%
      volatility            14.2%      13.7% to 14.8%       17.7%
      Sharpe                 0.39       -0.20 to 0.99        0.23
      Sortino                0.57       -0.28 to 1.49        0.33
      max drawdown          31.1%      18.4% to 60.0%       52.2%
      Calmar                 0.22                            0.07
      daily VaR 95%         1.61%                               -
      CVaR 95%              1.99%                               -

      final equity   172,295.13 USD     SQN            0.90
      trades         50 + 1 open        MAE, MFE       4.06%, 6.06%
      win rate       56.0%              exposure       66.7% of bars
      profit factor  1.38               turnover       12.06 a year
      expectancy     1,347.55 a trade

      benchmark   buy and hold stock.SPY.usa: beta 0.66, alpha +2.90% a year,
                  information ratio 0.15
      drawdown    31.1% from 2023-05-15 to 2026-04-25, not recovered in 1,789 days
      costs       fees 554.93 (0.005 a share, at least 1), slippage 2,909.03 (2 bps)
                  on 101 fills
      orders      101 orders, 101 fills; targets sized at the fill's price
      trials      46 so far; probabilistic Sharpe 0.91, deflated Sharpe 0.72

      ! warning   46 trials of this strategy on this data: the best of as many
                  without skill would reach a Sharpe ratio near 0.22, this run has
                  0.39 (deflated Sharpe 0.72, below 0.95); test it on data that no
                  trial has seen.
      ! warning   In 3 bars both sides of a bracket could have filled, and the stop
                  was taken; --range shows what that decides.
      ! warning   Slippage put 14 of 101 fills (13.9%) outside the range of their
                  bar; check it against how far a bar moves.
      ! warning   1 position is still open at the end: 4,917.73 of the result is
                  marked at the last close, not realised.

      run         r-7f3a91
      hash        9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c
    "
  `);
});

test('120 columns', () => {
  expect(at(120)).toMatchInlineSnapshot(`
    "
      sma-cross on stock.SPY.usa@1d
      2020-01-01 to 2028-04-07 · 3,020 bars in 41 ms · fast=10 slow=30

      ⠤⠤ sma-cross   ⠂⠂ buy and hold stock.SPY.usa
              │                                   ⢀        ⠄
      180,000 ┤                                 ⢠⣠⣸⠓⣼⡆    ⢠⢢⡀                                                     ⣀
              │                                 ⡜⠋⠁ ⠁⠧⠤⠢⣸⠢⠜ ⠘⡄         ⢠⢢ ⡀                 ⡤⡀            ⡀⡜⠢⡀ ⢰⠢⠋ ⣇      ⢀⢰
      160,000 ┤                                 ⡇ ⠁ ⡀ ⡀⠂⡿    ⢱ ⡠⣀⢄⠤⢢  ⣄⡸⢸⡸⠸⢄  ⣷            ⡸ ⢇           ⡤⠋  ⡇ ⡎   ⠋⠧⡀    ⡜⠁
              │                               ⢠⠜     ⠂       ⠸⠓⠁ ⠁⠁⠘⢄⡸  ⡀ ⠂⡀⠗⠒⠹⠋⠱⡀   ⡤⢄  ⡏⠒⠁⡀⢸          ⢸    ⠉⢱⠇     ⢣ ⣦⡔⠱⠃
              │                               ⡎                    ⡀  ⠄  ⡀  ⡀⡀ ⠄ ⢇⡔⡄⢠⠃⠂⣇⢀⠇⠄  ⡀⡇⡰⡄   ⡀   ⢸         ⠁  ⠈⠉⠈
      140,000 ┤                              ⢰⠁                     ⡀⡀ ⠂         ⠈ ⠟⠁  ⠁⠁  ⠂  ⣷⠁⠣⢄⢀⡠⢻ ⢰⠒⠁   ⡀   ⡀⠂
              │        ⡀                    ⡜⠁                                    ⠂     ⠁     ⠁  ⠈⠊  ⠋⠁        ⠄   ⠁⠂      ⡀
              │                            ⢀⠇                                      ⠂          ⡀           ⡀⠄ ⠂⠂      ⠄⡀⠂⠄⠂⠁
      120,000 ┤       ⡎⠉⡆ ⢀⠤⠤⣠⣰⠔⠒⡄   ⡀   ⣀⣀⠎                                                   ⠂⠄        ⡀
              │ ⠄⢸⠊⢱⠤⠤⠃ ⠱⠤⠃ ⠁⠁⠋ ⠁⠸⢄⣀⡰⠙⠒⣄⠤⠃⠂
      100,000 ┤⢄⠏⠁            ⡀⠂  ⠈ ⠄ ⠁⠋                                                         ⠁⡀⠄⠁  ⠄⠄
              │                                                                                      ⠁⠂
           0% ┤⠻⠟⢻⠿⢻⡿⢿⡟⠛⣿⣿⣿⡿⠿⣿⣿⣿⠿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡿⡟⠹⠿⠹⡿⠛⠻⠛⠿⣿⣿⣿⣿⣿⣿⠻⠿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡿⢿⣿⣿⣿⣿⣿⠿⣿⣿⣿⣿⣿⣿⣿⣿⣿
              │       ⠁ ⠙⠋⠉   ⠁  ⠙⠙⡟⠛⠉⠉⠿⠏⠁⠉             ⠉    ⢹⠟⠻⠛⠏⠋⠻⠿⠿⠛⠛⠙⠛⠉⠙⠿⠟⠿⠟⠿⣿⣿⣿⣿⡿⠿⣿⣿⡿⠟⠟⠁⠹⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⠋⠋⠁ ⠛⠻⠏   ⠉⠉⢻⠿⢿⡿⠻⠏⠙
         -31% ┤                                                                  ⠈⠁⠛⠙  ⠉⠉     ⠛⠉⠛⠻⡿⠛⠛⠿⠟⠋⠁
               2020-01-01                       2022-10-07                       2025-07-14                       2028-04-07

                         strategy        95% interval  buy & hold
      total return         +72.3%                          +34.7%        final equity   172,295.13 USD
      CAGR                 +6.80%    -5.45% to +20.9%      +3.67%        trades         50 + 1 open
      volatility            14.2%      13.7% to 14.8%       17.7%        win rate       56.0%
      Sharpe                 0.39       -0.20 to 0.99        0.23        profit factor  1.38
      Sortino                0.57       -0.28 to 1.49        0.33        expectancy     1,347.55 a trade
      max drawdown          31.1%      18.4% to 60.0%       52.2%        SQN            0.90
      Calmar                 0.22                            0.07        MAE, MFE       4.06%, 6.06%
      daily VaR 95%         1.61%                               -        exposure       66.7% of bars
      CVaR 95%              1.99%                               -        turnover       12.06 a year

      benchmark   buy and hold stock.SPY.usa: beta 0.66, alpha +2.90% a year, information ratio 0.15
      drawdown    31.1% from 2023-05-15 to 2026-04-25, not recovered in 1,789 days
      costs       fees 554.93 (0.005 a share, at least 1), slippage 2,909.03 (2 bps) on 101 fills
      orders      101 orders, 101 fills; targets sized at the fill's price
      trials      46 so far; probabilistic Sharpe 0.91, deflated Sharpe 0.72

      ! warning   46 trials of this strategy on this data: the best of as many without skill would reach a Sharpe ratio near
                  0.22, this run has 0.39 (deflated Sharpe 0.72, below 0.95); test it on data that no trial has seen.
      ! warning   In 3 bars both sides of a bracket could have filled, and the stop was taken; --range shows what that
                  decides.
      ! warning   Slippage put 14 of 101 fills (13.9%) outside the range of their bar; check it against how far a bar moves.
      ! warning   1 position is still open at the end: 4,917.73 of the result is marked at the last close, not realised.

      run         r-7f3a91
      hash        9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c9f3c
    "
  `);
});

test('free trading is said loudly', () => {
  const free = sampleRun({ costs: false });
  const text = renderBacktest(free.summary, free.context, plainStyle(80));
  expect(text).toContain('  costs       NO COSTS: no fees, no slippage\n');
  expect(text).toContain('were free, which no market offers');
});

test('what fills cost without a model is not called half spreads alone: prices off the tick are rounded', () => {
  const { summary, context } = sampleRun({ costs: false });
  const text = renderBacktest({ ...summary, slippage: 6.06 }, context, plainStyle(100));
  expect(text).toContain('slippage 6.06 (half spreads and ticks)');
});

test('a dialect is named, and its alpha is of the whole run where it is not annual', () => {
  const lines = at(120, inDialect(summary, 'backtesting.py')).split('\n');
  expect(lines).toContain('  metrics     as backtesting.py computes them, where it does');
  const benchmark = lines.find(line => line.startsWith('  benchmark'));
  expect(benchmark).toMatch(/: beta 0\.\d\d, alpha [+-][\d.]+%, information ratio/);
  expect(at(120)).not.toContain('  metrics ');
});

test('no line ends in a space or is wider than the terminal', () => {
  for (let width = 60; width <= 130; width += 5) {
    for (const line of at(width).split('\n')) {
      expect(line).toBe(line.trimEnd());
      expect(line.length).toBeLessThanOrEqual(Math.max(78, Math.min(width, 120)));
    }
  }
});

test('numbers of a short run, which extrapolates wildly, do not touch each other', () => {
  const cagr = { ...summary.metrics.cagr!, value: 12.24, interval: { low: -0.964, high: 1326.776, level: 0.95 } };
  const held = { ...summary.benchmark.metrics, cagr: { ...cagr, value: 1e8 } };
  const changes = { metrics: { ...summary.metrics, cagr }, benchmark: { ...summary.benchmark, metrics: held } };
  expect(at(80, changes)).toContain(' +1,224.0% -96.4% to +132,677.6% +10,000,000,000.0%\n');
  const wild = { ...cagr, value: 6.437e45, interval: { low: 1.27e18, high: 4.4e36, level: 0.95 } };
  const metrics = { ...summary.metrics, cagr: wild };
  expect(at(100, { metrics })).toMatch(/CAGR +\+6.44e\+47% +\+1.27e\+20% to \+4.40e\+38%/);
});

test('a run that sees nothing but weekly bars speaks of weeks', () => {
  const detail = { ...summary.metrics.probabilisticSharpe!.detail, periodsPerYear: 52 };
  const probabilisticSharpe = { ...summary.metrics.probabilisticSharpe!, detail };
  const text = at(80, { metrics: { ...summary.metrics, probabilisticSharpe } });
  expect(text).toContain('  weekly VaR 95%        1.61%');
  expect(text).not.toContain('daily');
});

test('a run that never started has no plot, and says why in its warnings', () => {
  const daily = { times: new Float64Array(0), values: new Float64Array(0) };
  const warnings = [{ code: 'never-started', message: 'The strategy never ran.' }];
  const metrics = Object.fromEntries(
    Object.entries(summary.metrics).map(([name, { unit, n, definition }]) => [
      name,
      { value: null, unit, n, definition },
    ]),
  );
  const text = at(80, { daily, warnings, metrics, fills: 0, orders: 0 });
  expect(text).not.toContain('┤');
  expect(text).toContain('  CAGR                      -      +3.67%');
  expect(text).toContain('  ! warning   The strategy never ran.\n');
});

test('several feeds are named, many bars tell their rate, rejections are counted', () => {
  const [feed] = context.datasets;
  const datasets = [
    { ...feed!, feed: 'spy' },
    { ...feed!, feed: 'ief', dataset: 'stock.IEF.usa@1d' },
  ];
  const rejections = { 'buying-power': 2, 'below-lot': 1 };
  const text = at(80, { bars: 1_000_000, orders: 104, rejections }, { datasets, params: {}, elapsedMs: 50 });
  expect(text).toContain('  sma-cross on spy: stock.SPY.usa@1d, ief: stock.IEF.usa@1d\n');
  expect(text).toContain('1,000,000 bars in 50 ms · 20,000,000 a second\n');
  expect(text).toContain('104 orders, 101 fills, 3 rejected');
});

describe('colour', () => {
  const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const style: TextStyle = {
    width: 80,
    bold: tag('b'),
    dim: tag('dim'),
    red: tag('red'),
    green: tag('green'),
    yellow: tag('yellow'),
    cyan: tag('cyan'),
  };

  test('changes nothing but colour', () => {
    const painted = renderBacktest(summary, context, style).replace(/<\/?(b|dim|red|green|yellow|cyan)>/g, '');
    const lines = (text: string): string[] => text.split('\n').map(line => line.trimEnd());
    expect(lines(painted)).toEqual(lines(renderBacktest(summary, context, plainStyle(80))));
  });

  test('a gain is green, a loss red', () => {
    const lossOf = { ...summary.metrics.totalReturn!, value: -0.1 };
    expect(renderBacktest(summary, context, style)).toMatch(/total return.*<green> *\+/);
    const loss = { ...summary, metrics: { ...summary.metrics, totalReturn: lossOf } };
    expect(renderBacktest(loss, context, style)).toMatch(/total return.*<red> *-10/);
  });
});
