import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartFeeds } from '../../../../src/runtime/host/report/chart-feeds.ts';
import { runBacktest } from '../../../../src/runtime/host/run-backtest.ts';
import { pricesCsv, strategyText } from '../../../helpers/cli-project.ts';
import { project } from '../../../helpers/strategy-project.ts';

const STRATEGY = strategyText(`
  params: { days: int(5) },
  indicators: ({ close, params }) => ({ mean: sma(close, params.days) }),
  onBar() {},`).replace('int }', 'int, sma }');

/** A run in a folder of its own. */
async function aRun(data = 'prices.csv') {
  const cwd = project({ 'strategy.ts': STRATEGY, [data]: pricesCsv(60) });
  const { run } = await runBacktest({
    file: 'strategy.ts',
    cwd,
    projectDir: cwd,
    params: { days: 7 },
    data: { '': join(cwd, data) },
    from: Date.UTC(2020, 0, 11),
    to: undefined,
    prices: 'adjusted',
    account: {},
    executor: 'inline',
    limits: {},
    keep: false,
  });
  return { run, cwd, charts: () => chartFeeds(run, { cwd, projectDir: cwd }) };
}

describe('the charts of a run, made again', () => {
  test('have the range and the parameters of the run', async () => {
    const { charts } = await aRun();
    const { charts: feeds, notes } = await charts();
    expect(notes).toEqual([]);
    expect(feeds).toHaveLength(1);
    const [{ feed, dataset, indicators }] = feeds as [(typeof feeds)[number]];
    expect([feed, dataset.bars.length, indicators.map(({ name }) => name)]).toEqual(['main', 50, ['mean']]);
    const { close } = dataset.bars;
    expect(indicators[0]?.values[6]).toBeCloseTo(close.subarray(0, 7).reduce((sum, each) => sum + each, 0) / 7, 9);
  });

  test('are left out where the data has changed or is gone', async () => {
    const { charts, cwd } = await aRun();
    const path = join(cwd, 'prices.csv');
    writeFileSync(path, readFileSync(path, 'utf8').replace('1000000', '1000001'));
    expect(await charts()).toEqual({
      charts: [],
      notes: ['Prices are left out: prices.csv has changed since the run.'],
    });
    rmSync(path);
    const { charts: none, notes } = await charts();
    expect(none).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^Prices are left out: There is no file .*prices\.csv/)]);
  });

  test('say so where the strategy has changed', async () => {
    const { charts, cwd } = await aRun();
    writeFileSync(join(cwd, 'strategy.ts'), STRATEGY.replace('mean:', 'average:'));
    const { charts: feeds, notes } = await charts();
    expect(feeds[0]?.indicators.map(({ name }) => name)).toEqual(['average']);
    expect(notes).toEqual([
      'strategy.ts or gobool has changed since the run: the indicators are those of the present version.',
    ]);
  });

  test('have prices alone where the strategy cannot be run any more', async () => {
    const { charts, cwd } = await aRun();
    rmSync(join(cwd, 'strategy.ts'));
    const { charts: feeds, notes } = await charts();
    expect(feeds[0]?.indicators).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^Indicators are left out: There is no strategy file/)]);
  });
});
