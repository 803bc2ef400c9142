import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { document, gobool, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';

test('a working machine and an empty project are ready', async () => {
  const { stdout, exitCode } = await gobool(['doctor'], { cwd: temporaryFolder() });
  expect(stdout).toContain('Ready to run backtests.');
  expect(exitCode).toBe(0);
});

test('--json names every check with its status', async () => {
  const cwd = temporaryFolder();
  const { data, ok } = document(await gobool(['doctor', '--json'], { cwd }));
  expect(ok).toBe(true);
  expect(data.checks.map((check: { name: string }) => check.name)).toEqual([
    'Node',
    'esbuild',
    'SQLite',
    'samples',
    'project',
    'catalog',
    'config',
    'runs',
    'disk',
  ]);
  expect(data.checks[0].message).toContain(process.execPath);
  expect(data.checks[4].message).toContain(cwd);
});

test('a blocker is told with its remedy, and exits with 6', async () => {
  const install = temporaryFolder();
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(REPOSITORY, part), join(install, part), { recursive: true });
  const { stdout, exitCode } = await execa(process.execPath, [join(install, 'bin/gobool.js'), 'doctor'], {
    reject: false,
  });
  expect(stdout).toContain('Not ready: esbuild, samples.');
  expect(stdout).toContain('npm install gobool');
  expect(exitCode).toBe(6);
});

test('a configuration that no backtest can use, and runs that cannot be read, are blockers', async () => {
  const cwd = cliProject();
  await gobool(RUN, { cwd });
  expect((await gobool(['doctor'], { cwd })).stdout).toMatch(/✓ runs +1 run\n/);
  writeFileSync(join(cwd, 'gobool.config.ts'), 'export default { cash: -1 };');
  writeFileSync(join(cwd, '.gobool/index.sqlite'), 'no database'.repeat(1000));
  const { stdout, exitCode } = await gobool(['doctor'], { cwd });
  expect(stdout).toContain('Not ready: config, runs.');
  expect(stdout).toContain('gobool config show');
  expect(stdout).toContain(
    `Make ${join(cwd, '.gobool')} writable for you, or see what is wrong with \`gobool run ls\`.`,
  );
  expect(exitCode).toBe(6);
});
