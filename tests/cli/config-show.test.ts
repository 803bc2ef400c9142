import { describe, expect, test } from 'vitest';
import { document, gobool, type Json, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';

const FEE_FORMS =
  'Fees are written as 10bps, 0.1%, 0.005/share,min=1, 1.5 (cash a fill), maker=2bps,taker=5bps or none.';

const PROJECT = 'export default { cash: 5000, fee: "10bps", data: { spy: "spy.csv" }, limits: { memoryMb: 500 } };\n';
const USER = 'export default { cash: 1, leverage: 2, slippage: "0.01" };\n';

const folder = (project = PROJECT, user = USER) =>
  temporaryFolder({ 'project/gobool.config.ts': project, 'user/gobool/config.ts': user, 'project/sub/x': '' });

function show(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const xdg = { XDG_CONFIG_HOME: `${cwd}/user` };
  return gobool(['config', 'show', ...args], { cwd: `${cwd}/project`, env: { ...xdg, ...env } });
}

async function settings(...call: Parameters<typeof show>): Promise<Record<string, Json>> {
  const { data } = document(await show(...call));
  return Object.fromEntries(data.settings.map(({ name, ...rest }: Json) => [name, rest]));
}

test('every setting says its value and the layer that it comes from', async () => {
  const env = { GOBOOL_SEED: '7', GOBOOL_BAR_TIMEOUT_MS: '250', GOBOOL_LEVERAGE: '3' };
  const shown = await settings(folder(), ['--json', '--leverage', '4', '--allow-short'], env);
  expect(shown).toMatchObject({
    data: { value: { spy: 'spy.csv' }, origin: 'project', place: 'gobool.config.ts' },
    cash: { value: 5000, origin: 'project', place: 'gobool.config.ts' },
    fee: { value: { kind: 'rate', rate: 0.001 }, origin: 'project' },
    slippage: { value: { kind: 'fixed', perUnit: 0.01 }, origin: 'user', place: '../user/gobool/config.ts' },
    leverage: { value: 4, origin: 'flag', place: '--leverage' },
    allowShort: { value: true, origin: 'flag', place: '--allow-short' },
    seed: { value: 7, origin: 'variable', place: 'GOBOOL_SEED' },
    prices: { value: 'adjusted', origin: 'default', place: null },
    executor: { value: 'thread', origin: 'default', place: null },
    lot: { value: null, origin: 'default', place: null },
    'limits.memoryMb': { value: 500, origin: 'project' },
    'limits.barTimeoutMs': { value: 250, origin: 'variable', place: 'GOBOOL_BAR_TIMEOUT_MS' },
  });
});

test('what it shows is what a backtest gets', async () => {
  const cwd = cliProject({ 'gobool.config.ts': 'export default { fee: "1bps", sizing: "decision" };\n' });
  const env = { GOBOOL_SEED: '9' };
  const run = document(await gobool([...RUN, '--no-store', '--json', '--cash', '777'], { cwd, env }));
  const { data } = document(await gobool(['config', 'show', '--json', '--cash', '777'], { cwd, env }));
  const shown = new Map(data.settings.map(({ name, value }: Json) => [name, value]));
  const used = Object.entries(run.data.options).filter(([name]) => shown.has(name));
  expect(used.length).toBeGreaterThanOrEqual(8);
  expect(Object.fromEntries(used.map(([name]) => [name, shown.get(name)]))).toEqual(Object.fromEntries(used));
});

test('for people: values, and with --origin their places', async () => {
  const cwd = folder();
  const { stdout } = await show(cwd, ['--origin', '--cash', '2500.5']);
  expect(stdout).toMatch(/^setting +value +from$/m);
  expect(stdout).toMatch(/^cash +2,500\.50 +--cash$/m);
  expect(stdout).toMatch(/^data +spy=spy\.csv +gobool\.config\.ts$/m);
  expect(stdout).toMatch(/^fee +10 bps +gobool\.config\.ts$/m);
  expect(stdout).toMatch(/^slippage +0\.01 a unit +\.\.\/user\/gobool\/config\.ts$/m);
  expect(stdout).toMatch(/^maxParticipation +no cap +default$/m);
  expect(stdout).toContain("A strategy's own account is weaker");
  const plain = (await show(cwd, [])).stdout;
  expect(plain).toMatch(/^cash +5,000$/m);
  expect(plain).not.toContain('gobool.config.ts');
});

describe('problems', () => {
  test('of all layers, flags included, come at once', async () => {
    const cwd = folder('export default { fee: "ten", csh: 1 };\n', 'export default { leverage: 0 };\n');
    const { stderr, exitCode } = await show(cwd, ['--cash', 'much', '--sizing', 'big'], { GOBOOL_SEED: 'x' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('GB_CONFIG_INVALID');
    expect(
      stderr
        .match(/^ {2}• .*$/gm)
        ?.map(line => line.slice(4))
        .sort(),
    ).toEqual(
      [
        '../user/gobool/config.ts: leverage: must be at least 1.',
        `gobool.config.ts: fee: "ten" is not a fee. ${FEE_FORMS}`,
        'gobool.config.ts: csh: there is no such setting. Did you mean "cash"?',
        'GOBOOL_SEED: expected a number.',
        '--cash: expected a number.',
        '--sizing: expected "fill" or "decision".',
      ].sort(),
    );
  });

  test('of a file that does not load hide no others', async () => {
    const cwd = folder('export default {\n  cash = 3,\n};\n', 'throw new Error("no");');
    const { stderr, exitCode } = await show(cwd, ['--cash', 'much']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('GB_CONFIG_BROKEN');
    expect(stderr).toContain('../user/gobool/config.ts failed while it was loaded: no.');
    expect(stderr).toContain('--cash: expected a number.');
  });
});
