import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { clusterSettings } from '../../src/cli/config/cluster-settings.ts';
import { loadConfigFile } from '../../src/cli/config/load-config-file.ts';
import { resolveSettings } from '../../src/cli/config/resolve-settings.ts';
import type { Settings } from '../../src/cli/config/settings.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import { createOutput } from '../../src/cli/output/output.ts';
import { findProject } from '../../src/cli/project.ts';
import { PROGRAM, temporaryFolder } from '../helpers/cli.ts';
import { errorOf } from '../helpers/errors.ts';

const FEE_FORMS =
  'Fees are written as 10bps, 0.1%, 0.005/share,min=1, 1.5 (cash a fill), maker=2bps,taker=5bps or none.';

const config = (body: string) =>
  `import type { Config } from 'gobool/config';\nexport default ${body} satisfies Config;\n`;

interface Layers {
  readonly user?: string;
  readonly project?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: Settings;
}

const resolve = ({ flags = {}, ...files }: Layers): Promise<Settings> => resolveSettings(contextOf(files), flags);

function contextOf({ user, project, env = {} }: Layers): CommandContext {
  const folder = temporaryFolder({
    ...(user !== undefined && { 'user/gobool/config.ts': user }),
    ...(project !== undefined && { 'project/gobool.config.ts': project }),
  });
  const stream = { write: () => {} };
  const environment = { ...env, XDG_CONFIG_HOME: join(folder, 'user') };
  const out = createOutput({ stdout: stream, stderr: stream, env: environment, nowMs: () => 0 }, 'text', true);
  const projectDir = join(folder, 'project');
  return { out, signal: AbortSignal.abort(), cwd: folder, env: environment, projectDir };
}

test('nothing set leaves everything to the strategy', async () => {
  expect(await resolve({})).toEqual({ limits: {} });
});

test('a changed file counts at once, also where the project keeps its bundles', async () => {
  const projectDir = temporaryFolder({ 'gobool.config.ts': config('{ cash: 1 }'), '.gobool/cache/.keep': '' });
  const path = join(projectDir, 'gobool.config.ts');
  utimesSync(path, 1, 1);
  expect(await loadConfigFile(path, projectDir)).toEqual({ cash: 1 });
  expect(readdirSync(join(projectDir, '.gobool/cache'))).toContainEqual(expect.stringMatching(/\.bundle$/));
  expect(await loadConfigFile(path, projectDir)).toEqual({ cash: 1 });
  writeFileSync(path, config('{ cash: 2 }'));
  expect(await loadConfigFile(path, projectDir)).toEqual({ cash: 2 });
});

test('flags > variables > project > user', async () => {
  const user = config('{ cash: 1, leverage: 2, seed: 3, lot: 4, limits: { memoryMb: 100, barTimeoutMs: 50 } }');
  const project = config('{ cash: 10, leverage: 20, seed: 30, limits: { memoryMb: 200 } }');
  const env = { GOBOOL_CASH: '100', GOBOOL_LEVERAGE: '200' };
  expect(await resolve({ user, project, env, flags: { cash: 1000 } })).toEqual({
    cash: 1000,
    leverage: 200,
    seed: 30,
    lot: 4,
    limits: { memoryMb: 200, barTimeoutMs: 50 },
  });
});

test('every key of a file is compiled', async () => {
  const project = config(`{
    data: { spy: 'spy.csv' }, cash: 5, fee: '10bps', slippage: '0.01', lot: 0, allowShort: true, leverage: 1.5,
    prices: 'raw', seed: 7, executor: 'inline', maxParticipation: 0.1, limitFill: 'touch', sizing: 'decision',
  }`);
  expect(await resolve({ project })).toEqual({
    data: { spy: 'spy.csv' },
    cash: 5,
    fee: { kind: 'rate', rate: 0.001 },
    slippage: { kind: 'fixed', perUnit: 0.01 },
    lot: 0,
    allowShort: true,
    leverage: 1.5,
    prices: 'raw',
    seed: 7,
    executor: 'inline',
    maxParticipation: 0.1,
    limitFill: 'touch',
    sizing: 'decision',
    limits: {},
  });
});

test('every variable is compiled', async () => {
  const env = {
    GOBOOL_DATA: 'spy=spy.csv,ief=stock.IEF.usa@1d',
    GOBOOL_FEE: 'none',
    GOBOOL_ALLOW_SHORT: '1',
    GOBOOL_MAX_PARTICIPATION: '0.2',
    GOBOOL_BAR_TIMEOUT_MS: '250',
    GOBOOL_EXECUTOR: 'thread',
  };
  expect(await resolve({ env })).toEqual({
    data: { spy: 'spy.csv', ief: 'stock.IEF.usa@1d' },
    fee: { kind: 'none' },
    allowShort: true,
    maxParticipation: 0.2,
    executor: 'thread',
    limits: { barTimeoutMs: 250 },
  });
});

test('every problem of every layer is reported at once', async () => {
  const user = config(`{ cash: 'much', csah: 5 } as object`);
  const project = config(
    `{ leverage: 0.5, fee: 'ten', limits: { memoryMb: 1.5, memry: 1 }, prices: 'real' } as object`,
  );
  const env = { GOBOOL_SEED: 'x', GOBOOL_CSAH: '5', GOBOOL_SOMETHING_ELSE: '1', GOBOOL_DEBUG: '1' };
  const error = await resolve({ user, project, env }).catch(thrown => thrown);
  expect(error.code).toBe('GB_CONFIG_INVALID');
  expect([...error.problems].sort()).toEqual(
    [
      'user/gobool/config.ts: cash: expected a number.',
      'user/gobool/config.ts: csah: there is no such setting. Did you mean "cash"?',
      'project/gobool.config.ts: leverage: must be at least 1.',
      `project/gobool.config.ts: fee: "ten" is not a fee. ${FEE_FORMS}`,
      'project/gobool.config.ts: prices: expected "adjusted" or "raw".',
      'project/gobool.config.ts: limits.memoryMb: expected a whole number.',
      'project/gobool.config.ts: limits.memry: there is no such setting.',
      'GOBOOL_SEED: expected a number.',
      'There is no variable GOBOOL_CSAH. Did you mean GOBOOL_CASH?',
    ].sort(),
  );
});

describe('what a file says to the services of the cluster', () => {
  const cluster = (project: string, user?: string) =>
    clusterSettings(contextOf({ project: config(project), ...(user !== undefined && { user: config(user) }) }));

  test('is no setting of runs, and the project is stronger than the user, key by key', async () => {
    const project = "{ cash: 5, cluster: { pendingTasks: 10, policies: { '*': { finally: 'ignore' } } } }";
    const user = "{ cluster: { pendingTasks: 20, webhook: 'https://example.org/hook' } }";
    expect(await resolve({ project: config(project) })).toEqual({ cash: 5, limits: {} });
    expect(await cluster(project, user)).toEqual({
      pendingTasks: 10,
      webhook: 'https://example.org/hook',
      policies: { '*': { finally: 'ignore' } },
    });
    expect(await cluster('{}')).toEqual({});
  });

  test.each([
    ["{ webhook: 'example.org' }", 'cluster.webhook: is no address: it begins with http:// or https://.'],
    [
      "{ policies: { '*': { finally: 'retry' } } }",
      'cluster.policies.*.finally: expected "person" or "notify" or "ignore".',
    ],
    [
      "{ policies: { '*': { retryMs: [-1], finally: 'ignore' } } }",
      'cluster.policies.*.retryMs.0: must be at least 0.',
    ],
    ['{ pendingTasks: 0 }', 'cluster.pendingTasks: must be above 0.'],
    ['{ webhok: 1 }', 'cluster.webhok: there is no such setting.'],
  ])('%s is refused', async (value, problem) => {
    const error = await errorOf(() => cluster(`{ cluster: ${value} as object }`));
    expect([error.code, error.problems]).toEqual(['GB_CONFIG_INVALID', [`project/gobool.config.ts: ${problem}`]]);
  });

  test('a policy is of a code that exists', async () => {
    const error = await errorOf(() =>
      cluster("{ cluster: { policies: { GB_MESAGE_INVALID: { finally: 'ignore' } } } }"),
    );
    expect([error.code, error.problems]).toEqual([
      'GB_CONFIG_INVALID',
      ['cluster.policies: there is no code "GB_MESAGE_INVALID". Did you mean "GB_MESSAGE_INVALID"?'],
    ]);
  });
});

describe('a file that cannot be loaded', () => {
  test('shows the line that does not parse', async () => {
    const error = await resolve({ project: 'export default {\n  cash: 5,\n  fee = 3,\n}' }).catch(thrown => thrown);
    expect(error).toMatchObject({ code: 'GB_CONFIG_BROKEN', where: { file: 'project/gobool.config.ts', line: 3 } });
    expect(error.where.frame).toContain('> 3 |   fee = 3,');
  });

  test.each([
    ['throws', 'throw new Error("no");', 'failed while it was loaded: no'],
    ['has no default export', 'export const cash = 5;', 'does not export a plain object'],
    ['exports a list', 'export default [];', 'does not export a plain object'],
  ])('%s', async (_name, project, message) => {
    await expect(resolve({ project })).rejects.toMatchObject({
      code: 'GB_CONFIG_BROKEN',
      message: expect.stringContaining(message),
    });
  });

  test('awaits what never comes: the process would end without a word, and as if all were well', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const error = resolve({ project: 'await new Promise(() => {});\nexport default {};' }).catch(thrown => thrown);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    vi.advanceTimersByTime(10_000);
    expect(await error).toMatchObject({
      code: 'GB_CONFIG_BROKEN',
      message: 'project/gobool.config.ts failed while it was loaded: a top-level await did not end within 10 s.',
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('the project is the nearest folder with a configuration, else with a store, else the folder itself', () => {
  const folder = temporaryFolder({
    'a/gobool.config.ts': '',
    'a/b/.gobool/x': '',
    'a/b/c/x': '',
    'd/.gobool/x': '',
    'd/e/x': '',
    'f/x': '',
  });
  const projectOf = (path: string) => findProject(join(folder, path));
  expect(projectOf('a/b/c')).toBe(join(folder, 'a'));
  expect(projectOf('d/e')).toBe(join(folder, 'd'));
  expect(projectOf('f')).toBe(join(folder, 'f'));
});

test.each(['SIGINT', 'SIGTERM'] as const)('an endless loop in a configuration ends with %s', async signal => {
  const loop = `import { writeFileSync } from 'node:fs';\nwriteFileSync('begun', '');\nfor (;;) {}\nexport default {};`;
  const cwd = temporaryFolder({ 'gobool.config.ts': loop });
  const program = execa(process.execPath, [PROGRAM, 'config', 'show'], { cwd, reject: false, timeout: 20_000 });
  await vi.waitFor(() => expect(existsSync(join(cwd, 'begun'))).toBe(true), { timeout: 15_000 });
  program.kill(signal);
  expect(await program).toMatchObject({ signal, timedOut: false });
});
