import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { document, gobool, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';

const SWEEP = ['sweep', 'strategy.ts', '--data', 'prices.csv', '--param', 'every=2..5'] as const;

describe('report', () => {
  test('of the newest run, in the folder of reports', async () => {
    const cwd = cliProject();
    const { runId } = document(await gobool([...RUN, '--json'], { cwd })).data;
    const { stdout, exitCode } = await gobool(['report'], { cwd });
    const path = join(cwd, '.gobool/reports', `${runId}.html`);
    expect([stdout.trim(), exitCode]).toEqual([path, 0]);
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  });

  test('of a run by its id, where the user wants it; also from a folder below', async () => {
    const cwd = cliProject();
    const { runId } = document(await gobool([...RUN, '--json'], { cwd })).data;
    await gobool([...RUN, '--set', 'every=3'], { cwd });
    mkdirSync(join(cwd, 'below'));
    const args = ['report', runId.slice(0, 6), '--out', 'my.html', '--json'];
    const { data } = document(await gobool(args, { cwd: join(cwd, 'below') }));
    expect(data).toEqual({ id: runId, file: join(cwd, 'below/my.html'), opened: false, notes: [] });
    expect(readFileSync(data.file, 'utf8')).toContain(`<dd><code>${runId}</code></dd>`);
  });

  test('says what it could not show as it was', async () => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    rmSync(join(cwd, 'prices.csv'));
    const { stderr, exitCode } = await gobool(['report'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Prices are left out: There is no file');
  });

  test('of a sweep', async () => {
    const cwd = cliProject();
    const { sweepId } = document(await gobool([...SWEEP, '--json'], { cwd })).data;
    const { data } = document(await gobool(['report', sweepId, '--out', 'sweep.html', '--json'], { cwd }));
    expect(data).toEqual({ id: sweepId, file: join(cwd, 'sweep.html'), opened: false, notes: [] });
    expect(readFileSync(data.file, 'utf8')).toContain('id="heat-map"');
  });

  test('of the newest sweep where there is no run yet; other commands say where it is', async () => {
    const cwd = cliProject();
    const { sweepId } = document(await gobool([...SWEEP, '--json'], { cwd })).data;
    const { data } = document(await gobool(['report', '--json'], { cwd }));
    expect(data).toMatchObject({ id: sweepId, notes: ['There is no run yet: this is the newest sweep.'] });
    expect(document(await gobool(['report', 's-', '--json'], { cwd })).data.id).toBe(sweepId);
    const { error } = document(await gobool(['run', 'show', 'last', '--json'], { cwd }));
    expect(error).toMatchObject({ code: 'GB_RUN_MISSING', hint: expect.stringContaining('run ls --sweeps') });
    const other = document(await gobool(['run', 'show', sweepId, '--json'], { cwd })).error;
    expect(other).toMatchObject({ code: 'GB_RUN_MISSING', hint: expect.stringContaining('gobool report') });
    expect((await gobool(['run', 'ls'], { cwd })).stdout).toContain('gobool run ls --sweeps');
    const { runId } = document(await gobool([...RUN, '--json'], { cwd })).data;
    expect(document(await gobool(['report', '--json'], { cwd })).data).toMatchObject({ id: runId, notes: [] });
  });

  test('is written over nothing but pages', async () => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    const before = readFileSync(join(cwd, 'strategy.ts'), 'utf8');
    for (const args of [
      ['report', '--out', 'strategy.ts'],
      [...RUN, '--report', 'strategy.ts'],
    ]) {
      const { error } = document(await gobool([...args, '--json'], { cwd }));
      expect(error).toMatchObject({ code: 'GB_USAGE', exitCode: 2 });
      expect(error.problems.join()).toMatch(/^--\w+: expected a file that ends in \.html, not "strategy\.ts"\.$/);
    }
    expect(readFileSync(join(cwd, 'strategy.ts'), 'utf8')).toBe(before);
  });

  test('without a run there is none', async () => {
    const { error } = document(await gobool(['report', '--json'], { cwd: temporaryFolder() }));
    expect(error).toMatchObject({ code: 'GB_RUN_MISSING', exitCode: 2 });
  });

  test('is shown in the browser on request', async () => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    const bin = join(cwd, 'bin');
    mkdirSync(bin);
    const shown = join(cwd, 'shown');
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${shown}\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const path = `${bin}:${process.env.PATH}`;
    const { data } = document(await gobool(['report', '--open', '--json'], { cwd, env: { PATH: path } }));
    expect(data.opened).toBe(true);
    await expect.poll(() => existsSync(shown) && readFileSync(shown, 'utf8')).toBe(data.file);
    const { stderr, exitCode } = await gobool(['report', '--open'], { cwd, env: { PATH: '/nonexistent' } });
    expect([stderr.trim(), exitCode]).toEqual(['No browser could be started.', 0]);
  });
});

describe('a run on a sample', () => {
  const OF_SAMPLE = ['--data', 'stock.SPY.usa@1w', '--from', '2019-01-01'];

  test('says so, and the page whose data they are', async () => {
    const cwd = cliProject();
    const { stdout } = await gobool(['backtest', 'strategy.ts', ...OF_SAMPLE, '--report', 'r.html'], { cwd });
    expect(stdout).toContain('on stock.SPY.usa@1w (sample)');
    expect((await gobool(['run', 'show', 'last'], { cwd })).stdout).toContain('(sample)');
    expect(document(await gobool(['run', 'show', 'last', '--json'], { cwd })).data.datasets[0].sample).toBe(true);
    expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toContain('made from LEAN');
  });

  test('a sweep too; data of the project are none', async () => {
    const cwd = cliProject();
    const args = ['sweep', 'strategy.ts', ...OF_SAMPLE, '--param', 'every=2..4', '--report', 's.html'];
    expect((await gobool(args, { cwd })).stdout).toContain('on stock.SPY.usa@1w (sample)');
    expect(readFileSync(join(cwd, 's.html'), 'utf8')).toContain('made from LEAN');
    const { stdout } = await gobool([...RUN, '--json'], { cwd });
    expect(document({ stdout }).data.datasets[0]).not.toHaveProperty('sample');
  });
});

describe('backtest --report', () => {
  test('prints where the report is, and keeps it without a store too', async () => {
    const cwd = cliProject();
    const { stdout } = await gobool([...RUN, '--report', 'own.html', '--no-store'], { cwd });
    expect(stdout).toContain(`  report      ${join(cwd, 'own.html')}`.slice(0, 60));
    expect(readFileSync(join(cwd, 'own.html'), 'utf8')).toContain('id="price-charts"');
    expect(existsSync(join(cwd, '.gobool'))).toBe(false);
  });

  test('without a name it lies with the other reports', async () => {
    const cwd = cliProject();
    const { data } = document(await gobool([...RUN, '--report', '--json'], { cwd }));
    expect(data.report).toBe(join(cwd, '.gobool/reports', `${data.runId}.html`));
    expect(existsSync(data.report)).toBe(true);
  });
});
