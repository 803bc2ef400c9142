import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { COMMANDS } from '../../src/cli/commands/table.ts';
import { document, gobool } from '../helpers/cli.ts';

describe('help of all commands', () => {
  test.each([[['--help']], [['-h']], [['help']], [[]]])(
    'gobool %j lists exactly the commands that exist',
    async args => {
      const { stdout, stderr, exitCode } = await gobool(args);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      const listed = stdout.match(/^ {2}[a-z]+( [a-z]+)?(?=[ \n])/gm)?.map(line => line.trim());
      expect(listed?.filter(name => name !== 'gobool').sort()).toEqual(COMMANDS.map(command => command.name).sort());
    },
  );

  test('with --json it is one document', async () => {
    const { data, ok } = document(await gobool(['--help', '--json']));
    expect(ok).toBe(true);
    expect(data.commands).toHaveLength(COMMANDS.length);
  });
});

describe.each(COMMANDS)('help of $name', command => {
  test('shows arguments, options and examples of the table', async () => {
    const { stdout, exitCode } = await gobool([...command.name.split(' '), '--help'], { env: { COLUMNS: '200' } });
    expect(exitCode).toBe(0);
    for (const { name } of command.args ?? []) expect(stdout).toContain(name);
    for (const { flags } of command.options ?? []) expect(stdout).toContain(flags);
    for (const example of command.examples ?? []) expect(stdout).toContain(example.command);
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(100);
  });

  test('its summary is a sentence without a full stop', () => {
    expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
  });
});

test('--version prints the version of the package', async () => {
  expect((await gobool(['--version'])).stdout).toBe(packageJson.version);
  expect(document(await gobool(['--version', '--json'])).data.gobool).toBe(packageJson.version);
});

describe('what is not understood', () => {
  test.each([
    [['doctr'], 'Did you mean doctor?'],
    [['doctor', '--jsn'], 'Did you mean --json?'],
    [['explain', 'GB_USAGE', 'more'], 'got 2: GB_USAGE, more.\n'],
    [['explain', 'GB_USGE'], 'Did you mean "GB_USAGE"?'],
    [['backtest', 'strategy.ts', '--commission', '0.002'], 'gobool backtest --help'],
    [['data', 'export', 'x', '--form', 'csv'], 'gobool data export --help'],
    [['backtest', 'strategy.ts', '--cash', '10k'], 'gobool backtest --help'],
  ])('gobool %j is a usage error that helps', async (args, help) => {
    const { stdout, stderr, exitCode } = await gobool(args);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain('GB_USAGE');
    expect(stderr).toContain(help);
  });

  test.each([
    [['run', 'ls', '--limit', 'few'], 'gobool run ls --help'],
    [['run', 'show'], 'gobool run show --help'],
    [['run', 'lss'], 'gobool run --help'],
    [['completion'], 'gobool completion --help'],
    [['nonsense'], 'gobool --help'],
  ])('gobool %j names the help that helps', async (args, help) => {
    expect((await gobool(args)).stderr).toContain(`See \`${help}\`.`);
  });

  test('with --json it is one document on stdout', async () => {
    const result = await gobool(['nonsense', '--json']);
    expect(result).toMatchObject({ stderr: '', exitCode: 2 });
    expect(document(result)).toMatchObject({
      v: 1,
      ok: false,
      error: { code: 'GB_USAGE', exitCode: 2, retryable: false, where: null, hint: expect.any(String) },
      warnings: [],
    });
  });
});
