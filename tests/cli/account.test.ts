/** The second half of the account, from a flag to the result. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { document, gobool, type Json } from '../helpers/cli.ts';
import { cliProject, RUN, strategyText } from '../helpers/cli-project.ts';

const ON_CREDIT = strategyText('onBar({ bar, order }) { if (bar.index === 0) order.target(2); },');
const SHORT = strategyText('onBar({ bar, order }) { if (bar.index === 0) order.target(-1); },');
const BRACKETS = strategyText(`
  onBar({ close, order, position }) {
    if (position.isFlat) order.market(10, { stopLoss: { offset: 0.5 }, takeProfit: { offset: 0.5 } });
  },`);

async function data(
  strategy: string,
  flags: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const result = await gobool([...RUN, '--json', ...flags], { cwd: cliProject({ 'strategy.ts': strategy, ...files }) });
  expect(result.exitCode, result.stdout).toBe(0);
  return document(result).data;
}

describe('flags', () => {
  test('--maintenance-margin calls, and says so', async () => {
    const { orders: before } = await data(ON_CREDIT, ['--leverage', '2']);
    const called = await data(ON_CREDIT, ['--leverage', '2', '--maintenance-margin', '0.47']);
    expect(called).toMatchObject({ marginCalls: 1, options: { maintenanceMargin: 0.47 }, orders: before + 1 });
    const cwd = cliProject({ 'strategy.ts': ON_CREDIT });
    const { stdout } = await gobool([...RUN, '--leverage', '2', '--maintenance-margin', '0.47'], { cwd });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('1 margin call (2020-');
  });

  test('a maintenance margin above the initial one is refused', async () => {
    const args = [...RUN, '--json', '--leverage', '2', '--maintenance-margin', '0.6'];
    const result = await gobool(args, { cwd: cliProject() });
    expect([result.exitCode, document(result).error.code]).toEqual([2, 'GB_ACCOUNT_MARGIN']);
  });

  test('--borrow, --interest and --margin-interest are booked and kept', async () => {
    const cwd = cliProject({ 'strategy.ts': SHORT });
    const flags = ['--allow-short', '--borrow', '0.03', '--interest', '0.02'];
    const { data: short } = document(await gobool([...RUN, '--json', ...flags], { cwd }));
    expect(short.cashFlows).toEqual({ interest: expect.any(Number), borrow: expect.any(Number) });
    expect([Math.sign(short.cashFlows.interest), Math.sign(short.cashFlows.borrow)]).toEqual([1, -1]);
    expect(existsSync(join(cwd, '.gobool/runs', short.runId, 'cash.arrow'))).toBe(true);
    const owed = await data(ON_CREDIT, ['--leverage', '2', '--margin-interest', '0.05']);
    expect(owed.cashFlows).toEqual({ 'margin-interest': expect.any(Number) });
  });

  test('a rate of a whole is a slip of units', async () => {
    const { exitCode, stdout } = await gobool([...RUN, '--json', '--borrow', '3'], { cwd: cliProject() });
    expect([exitCode, document({ stdout }).error.problems[0]]).toEqual([2, expect.stringContaining('--borrow')]);
  });

  test('what the strategy says is weaker', async () => {
    const says = SHORT.replace(
      "name: 'test',",
      "name: 'test', account: { allowShort: true, borrow: 0.5, interest: 0.1 },",
    );
    expect((await data(says, ['--interest', '0'])).options).toMatchObject({
      allowShort: true,
      borrow: 0.5,
      interest: 0,
    });
  });
});

describe('--range', () => {
  test('shows both results, keeps one, and changes neither key nor hash', async () => {
    const cwd = cliProject({ 'strategy.ts': BRACKETS });
    const plain = document(await gobool([...RUN, '--json'], { cwd })).data;
    const ranged = document(await gobool([...RUN, '--json', '--range'], { cwd })).data;
    expect([ranged.runKey, ranged.resultHash]).toEqual([plain.runKey, plain.resultHash]);
    const { pessimistic, optimistic } = ranged.range;
    expect(pessimistic.finalEquity).toBe(plain.finalEquity);
    expect(optimistic.finalEquity).toBeGreaterThan(pessimistic.finalEquity);
    expect(optimistic.metrics.winRate.value).toBeGreaterThan(pessimistic.metrics.winRate.value);
    const { runs } = document(await gobool(['run', 'ls', '--json'], { cwd })).data;
    expect(runs).toHaveLength(2);
    for (const executor of ['inline', 'thread']) {
      const { stdout } = await gobool([...RUN, '--range', '--no-store', '--executor', executor], { cwd });
      expect(stdout).toMatch(/range +if stops filled first, or targets: total return/);
    }
  });
});

describe('funding', () => {
  test('is imported with the bars, shown, and paid', async () => {
    const hours = Array.from({ length: 48 }, (_, hour) => `${Date.UTC(2024, 0, 1, hour)},100,100,100,100,1`);
    const rates = [8, 16, 24, 32, 40].map(hour => `${Date.UTC(2024, 0, 1, hour)},0.0001`);
    const cwd = cliProject({
      'strategy.ts': strategyText('onBar({ bar, order }) { if (bar.index === 9) order.target(1); },'),
      'bars.csv': ['time,open,high,low,close,volume', ...hours].join('\n'),
      'funding.csv': ['fundingTime,fundingRate', ...rates].join('\n'),
    });
    const importing = ['data', 'import', 'bars.csv', '--product', 'crypto.XUSDT.perp', '--funding', 'funding.csv'];
    expect((await gobool(importing, { cwd })).exitCode).toBe(0);
    const name = 'crypto.XUSDT.perp@1h';
    expect(document(await gobool(['data', 'show', name, '--json'], { cwd })).data.fundingRates).toBe(5);
    expect((await gobool(['data', 'show', name], { cwd })).stdout).toContain('5 rates');
    const run = await gobool(['backtest', 'strategy.ts', '--data', name, '--json'], { cwd });
    // Four fundings of 10 on 100,000.
    expect(document(run).data).toMatchObject({ cashFlows: { funding: -40 }, finalEquity: 99_960 });
  });
});

test('--prices raw books splits and dividends', async () => {
  const hold = strategyText('onBar({ bar, order }) { if (bar.index === 0) order.target(1); },');
  const cwd = cliProject({ 'strategy.ts': hold });
  const args = ['backtest', 'strategy.ts', '--data', 'stock.AAPL.usa@1d', '--from', '2014-01-02', '--to', '2015-01-02'];
  const [raw, adjusted] = [
    document(await gobool([...args, '--prices', 'raw', '--json'], { cwd })).data,
    document(await gobool([...args, '--json'], { cwd })).data,
  ];
  expect(raw.cashFlows.dividend).toBeGreaterThan(1000);
  expect(raw.finalEquity / adjusted.finalEquity).toBeCloseTo(1, 2);
  expect(raw.benchmark.metrics.totalReturn.value).toBeCloseTo(raw.metrics.totalReturn.value, 3);
});
