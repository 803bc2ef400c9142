/**
 * Every example runs as a user runs it, on the shipped data, and its numbers are the pinned ones. A change of any of
 * them changes what a backtest means: if it is meant, `npx vitest run tests/golden --update` records the new ones.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { document, gobool, type Json, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';

const FOLDER = join(REPOSITORY, 'examples/strategies');
const NAMES = readdirSync(FOLDER)
  .map(file => basename(file, '.ts'))
  .sort();

const results = new Map<string, Json>();

async function run(file: string, executor: string, cwd: string): Promise<Json> {
  const result = await gobool(['backtest', file, '--executor', executor, '--json', '--no-store'], { cwd });
  expect(result.exitCode, result.stdout).toBe(0);
  return document(result).data;
}

/** In an empty project: data of the same names in the repository's own project would stand before the samples. */
beforeAll(async () => {
  const project = mkdtempSync(join(tmpdir(), 'gobool-test-'));
  for (const name of NAMES) results.set(name, await run(join(FOLDER, `${name}.ts`), 'thread', project));
  return () => rmSync(project, { recursive: true });
}, 60_000);

describe.each(NAMES)('%s', name => {
  const source = readFileSync(join(FOLDER, `${name}.ts`), 'utf8');

  test('gives the same result inline, from a copy in another folder', async () => {
    const copy = await run(`${name}.ts`, 'inline', temporaryFolder({ [`${name}.ts`]: source }));
    expect(pick(copy, 'runKey', 'resultHash')).toEqual(pick(results.get(name), 'runKey', 'resultHash'));
  });

  test('trades at least ten times, pays for it, and gets every order that it places', () => {
    const { strategy, state, trades, fees, slippage, rejections } = results.get(name);
    expect({ strategy, state, rejections }).toEqual({ strategy: name, state: 'completed', rejections: {} });
    expect(trades).toBeGreaterThanOrEqual(10);
    expect(fees + slippage).toBeGreaterThan(0);
  });

  test('the command that its header suggests works', async () => {
    const [, command = ''] = /^ \* Try: {3}gobool (backtest examples\/strategies\/.+)$/m.exec(source) ?? [];
    const { exitCode, stdout } = await gobool([...command.split(' '), '--no-store', '--json']);
    expect(exitCode, stdout).toBe(0);
    expect(document({ stdout }).data.resultHash).not.toBe(results.get(name).resultHash);
  });
});

test('the results of all examples are the pinned ones', async () => {
  const pins = NAMES.map(name => [name, pick(results.get(name), 'resultHash', 'trades', 'finalEquity')]);
  await expect(`${JSON.stringify(Object.fromEntries(pins), undefined, 2)}\n`).toMatchFileSnapshot('examples.json');
});

function pick(result: Json, ...names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map(name => [name, result[name]]));
}
