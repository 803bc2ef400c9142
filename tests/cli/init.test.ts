import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { document, gobool, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';

const FILES = ['gobool.config.ts', 'strategy.ts', 'tsconfig.json'];

test('writes a project, with package.json where gobool is not installed', async () => {
  const cwd = temporaryFolder();
  const { stdout, exitCode } = await gobool(['init', 'demo'], { cwd });
  expect(exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'demo')).sort()).toEqual([...FILES, 'package.json'].sort());
  expect(stdout).toContain('npm install');
  expect(JSON.parse(readFileSync(join(cwd, 'demo/package.json'), 'utf8')).devDependencies).toHaveProperty('gobool');
});

test('where gobool is installed the project type-checks as it is', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(REPOSITORY, join(cwd, 'node_modules/gobool'));
  const { data } = document(await gobool(['init', 'demo', '--json'], { cwd }));
  expect(data).toMatchObject({ folder: join(cwd, 'demo'), installNeeded: false });
  expect(data.files.sort()).toEqual(FILES);
  const types = await execa(join(REPOSITORY, 'node_modules/.bin/tsc'), ['--noEmit', '-p', 'demo'], {
    cwd,
    reject: false,
  });
  expect(types).toMatchObject({ stdout: '', exitCode: 0 });
});

test('its configuration, which is stronger than a strategy, sets nothing', async () => {
  const cwd = temporaryFolder();
  await gobool(['init'], { cwd });
  const path = join(cwd, 'strategy.ts');
  writeFileSync(path, readFileSync(path, 'utf8').replace('account: {', 'account: { cash: 5_000,'));
  const { data } = document(await gobool(['backtest', 'strategy.ts', '--json'], { cwd }));
  expect(data.startEquity).toBe(5_000);
});

test('overwrites nothing, and names every file in the way', async () => {
  const cwd = temporaryFolder({ 'strategy.ts': 'mine', 'tsconfig.json': '{}' });
  const { stderr, exitCode } = await gobool(['init'], { cwd });
  expect(exitCode).toBe(2);
  for (const part of ['GB_INIT_EXISTS', 'strategy.ts', 'tsconfig.json']) expect(stderr).toContain(part);
  expect(readFileSync(join(cwd, 'strategy.ts'), 'utf8')).toBe('mine');
  expect(existsSync(join(cwd, 'gobool.config.ts'))).toBe(false);
});

test('a file under the name of the folder is in the way too', async () => {
  const cwd = temporaryFolder({ demo: 'a file' });
  const { stderr, exitCode } = await gobool(['init', 'demo'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('GB_INIT_EXISTS');
});

test('a file above the folder is in the way as well', async () => {
  const cwd = temporaryFolder({ demo: 'a file' });
  const { stderr, exitCode } = await gobool(['init', 'demo/inner'], { cwd });
  expect(stderr).toContain('GB_PERMISSION');
  expect(exitCode).toBe(1);
});

test('what is to be done next can be pasted into a shell', async () => {
  const cwd = temporaryFolder();
  const { stdout } = await gobool(['init', "Tom's demo"], { cwd });
  const [enter] = /cd .*/.exec(stdout) ?? [];
  const { stdout: place } = await execa('sh', ['-c', `${enter} && pwd`], { cwd });
  expect(place).toBe(join(cwd, "Tom's demo"));
});
