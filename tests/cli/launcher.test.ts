import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { document, gobool, PROGRAM, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';

/** Makes this Node say that it is an old one, before the program starts. */
const PRETEND_OLD = "--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})";

/** A folder as npm lays it out: gobool and what stands beside it. */
function installation(): string {
  const folder = temporaryFolder();
  const packageFolder = join(folder, 'node_modules/gobool');
  mkdirSync(packageFolder, { recursive: true });
  cpSync(join(REPOSITORY, 'bin'), join(packageFolder, 'bin'), { recursive: true });
  writeFileSync(join(packageFolder, 'package.json'), '{ "type": "module" }');
  return folder;
}

const launch = (folder: string, nodeOptions: readonly string[]) =>
  execa(process.execPath, [...nodeOptions, join(folder, 'node_modules/gobool/bin/gobool.js'), '--help'], {
    reject: false,
  });

test('an old Node gets one sentence and exit code 2', async () => {
  const { stdout, stderr, exitCode } = await launch(installation(), [PRETEND_OLD]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toBe('gobool needs Node 24 or newer, and this is 20.20.2: run `npm install node@24`.');
});

test('where install scripts were skipped the sentence says how to allow them', async () => {
  const folder = installation();
  mkdirSync(join(folder, 'node_modules/node'));
  writeFileSync(join(folder, 'node_modules/node/package.json'), '{}');
  const { stderr, exitCode } = await launch(folder, [PRETEND_OLD]);
  expect(stderr).toContain('`npm approve-scripts node esbuild && npm rebuild --ignore-scripts=false`');
  expect(stderr.split('\n')).toHaveLength(1);
  expect(exitCode).toBe(2);
});

test.each(['config show', 'backtest strategy.ts'])(
  '`%s` in a folder that was removed meanwhile says so',
  async line => {
    const script = 'rmdir "$PWD" && exec "$0" "$@"';
    const args = ['-c', script, process.execPath, PROGRAM, ...line.split(' '), '--json'];
    const { stdout, stderr, exitCode } = await execa('sh', args, { cwd: temporaryFolder(), reject: false });
    expect(exitCode).toBe(1);
    expect(document({ stdout }).error).toMatchObject({ code: 'GB_PERMISSION', hint: expect.stringContaining('`cd`') });
    expect(stderr).not.toContain('uv_cwd');
  },
);

test('the launcher is a script that Node 14 can parse', () => {
  const source = readFileSync(PROGRAM, 'utf8');
  expect(() => parse(source, { ecmaVersion: 2020, sourceType: 'script', allowHashBang: true })).not.toThrow();
  expect(source).not.toMatch(/\?\.|\?\?/);
});

test('a program that was not built says so', async () => {
  const { stderr, exitCode } = await launch(installation(), []);
  expect(stderr).toBe('gobool is not built: run `npm run build` in its folder.');
  expect(exitCode).toBe(2);
});

test('compiled code is kept in the cache folder', async () => {
  const cache = temporaryFolder();
  await gobool(['--help'], { env: { XDG_CACHE_HOME: cache } });
  expect(readdirSync(join(cache, 'gobool'))).toEqual(['compile-cache']);
});

test('a cache folder that cannot be made changes nothing', async () => {
  const folder = temporaryFolder({ file: '' });
  const { stderr, exitCode } = await gobool(['--version'], { env: { XDG_CACHE_HOME: join(folder, 'file') } });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});
