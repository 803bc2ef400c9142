/** What a result is compared with (`--benchmark`), and by whose formulas (`--metrics`). */
import { describe, expect, test } from 'vitest';
import { document, gobool } from '../helpers/cli.ts';
import { cliProject, pricesCsv, RUN } from '../helpers/cli-project.ts';

/** Prices of the project, but half as many days. */
const OTHER = { 'other.csv': pricesCsv(60) };

async function dataOf(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  return document(await gobool([...args, '--json'], { cwd, env })).data;
}

describe('another dataset as benchmark', () => {
  test('is named with its hash, and changes neither result hash nor run key', async () => {
    const cwd = cliProject(OTHER);
    const plain = await dataOf(RUN, cwd);
    const compared = await dataOf([...RUN, '--benchmark', 'other.csv'], cwd);
    expect(plain.benchmark.dataset).toBeNull();
    expect(compared.benchmark).toMatchObject({
      label: 'buy and hold other.csv',
      dataset: { name: 'other.csv', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(compared.benchmark.dataset.hash).not.toBe(plain.datasets[0].hash);
    expect(compared.metrics.beta.value).not.toBe(plain.metrics.beta.value);
    expect([compared.resultHash, compared.runKey]).toEqual([plain.resultHash, plain.runKey]);
    expect(document(await gobool(['run', 'ls', '--json'], { cwd })).data.runs).toHaveLength(2);
  });

  test('is kept with the run, and warned of where it does not fit', async () => {
    const cwd = cliProject(OTHER);
    await gobool([...RUN, '--benchmark', 'other.csv'], { cwd });
    const { data, warnings } = document(await gobool(['run', 'show', 'last', '--json'], { cwd }));
    expect(data.benchmark.dataset.name).toBe('other.csv');
    expect(warnings.map(({ code }: { code: string }) => code)).toContain('benchmark-span');
  });

  test('may come from the configuration, and any executor reads it', async () => {
    const cwd = cliProject({ ...OTHER, 'gobool.config.ts': "export default { benchmark: 'other.csv' };" });
    const results = [await dataOf(RUN, cwd), await dataOf([...RUN, '--executor', 'inline'], cwd)];
    const [thread, inline] = results.map(({ benchmark, metrics }) => ({ benchmark, metrics }));
    expect(thread!.benchmark.label).toBe('buy and hold other.csv');
    expect(inline).toEqual(thread);
    const overruled = await dataOf(RUN, cwd, { GOBOOL_BENCHMARK: 'prices.csv' });
    expect(overruled.benchmark.label).toBe('buy and hold prices.csv');
  });

  test('that does not exist is GB_DATA_MISSING', async () => {
    const result = await gobool([...RUN, '--benchmark', 'stock.NONE.usa@1d', '--json'], { cwd: cliProject() });
    expect(result.exitCode).toBe(7);
    expect(document(result).error).toMatchObject({ code: 'GB_DATA_MISSING' });
  });
});

describe('dialects', () => {
  test('change metrics, their definitions and gates; not the hash, the key or what is stored', async () => {
    const cwd = cliProject();
    const native = await dataOf(RUN, cwd);
    const lean = await dataOf([...RUN, '--metrics', 'lean', '--fail-if', 'volatility>0'], cwd);
    expect([native.dialect, lean.dialect]).toEqual(['native', 'lean']);
    expect(lean.metrics.sharpe.definition).toMatch(/^LEAN: /);
    expect(lean.metrics.sharpe.value).not.toBe(native.metrics.sharpe.value);
    expect(lean.gates[0].values.volatility).toBe(lean.metrics.volatility.value);
    expect(lean.metrics.turnover).toEqual(native.metrics.turnover);
    expect([lean.resultHash, lean.runKey]).toEqual([native.resultHash, native.runKey]);
    const shown = await dataOf(['run', 'show', 'last'], cwd);
    expect(shown.runId).toBe(lean.runId);
    expect(shown.metrics.sharpe).toEqual(native.metrics.sharpe);
  });

  test('a stored run can be seen in any', async () => {
    const cwd = cliProject({ 'gobool.config.ts': "export default { metrics: 'backtesting.py' };" });
    const data = await dataOf(RUN, cwd);
    const shown = await dataOf(['run', 'show', 'last', '--metrics', 'backtesting.py'], cwd);
    expect(data.dialect).toBe('backtesting.py');
    expect(shown.metrics).toEqual(data.metrics);
    const { stdout } = await gobool(['run', 'show', 'last', '--metrics', 'lean'], { cwd });
    expect(stdout).toContain('metrics     as lean computes them, where it does');
  });

  test('an unknown one is a usage error', async () => {
    const result = await gobool([...RUN, '--metrics', 'zipline', '--json'], { cwd: cliProject() });
    expect(result.exitCode).toBe(2);
    expect(document(result).error.code).toBe('GB_USAGE');
  });
});

test('run show lists prices and excursions of trades', async () => {
  const cwd = cliProject();
  await gobool(RUN, { cwd });
  const { stdout } = await gobool(['run', 'show', 'last', '--trades'], { cwd });
  expect(stdout).toMatch(/side +entry +price +exit +price +quantity +MAE +MFE +return/);
  const { data } = document(await gobool(['run', 'show', 'last', '--trades', '--json'], { cwd }));
  const [{ entryPrice, exitPrice }] = data.tradeList;
  const shown = (price: number) => String(Number(price.toPrecision(6)));
  expect(stdout).toMatch(new RegExp(`long .* ${shown(entryPrice)} .* ${shown(exitPrice)} `));
  for (const { mae, mfe, returnRatio } of data.tradeList) {
    expect(mfe).toBeGreaterThanOrEqual(Math.max(0, returnRatio));
    expect(-mae).toBeLessThanOrEqual(Math.min(0, returnRatio));
  }
});
