/** Real shells in a real terminal: what is typed, the Tab key, what stands there then. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/table.ts';
import { document, gobool, temporaryFolder } from '../helpers/cli.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';

/** How each shell is started without its user's settings, and reads the script. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['source ./script'],
  zsh: ["PROMPT='ready> ' zsh -f", 'autoload -U compinit; compinit -D', 'source ./script'],
  'zsh with $fpath': [
    "PROMPT='ready> ' zsh -f",
    'mkdir functions; cp script functions/_gobool; fpath=($PWD/functions $fpath); autoload -U compinit; compinit -uD',
  ],
  fish: [
    `fish --no-config --private -C "set fish_autosuggestion_enabled 0; function fish_prompt; echo -n 'ready> '; end"`,
    'source ./script',
  ],
};

/** Typed, then what the line must be once `#` is typed after Tab; zsh ends an option that takes a value with `=`. */
const CASES: readonly (readonly [typed: string, line: unknown])[] = [
  ['gobool back', 'gobool backtest #'],
  ['gobool run comp', 'gobool run compare #'],
  ['gobool data v', 'gobool data verify #'],
  ['gobool backtest --exec', expect.stringMatching(/^gobool backtest --executor[ =]#$/)],
  ['gobool backtest --no-st', 'gobool backtest --no-store #'],
  ['gobool backtest --executor in', 'gobool backtest --executor inline #'],
  ['gobool backtest --executor=in', 'gobool backtest --executor=inline #'],
  ['gobool backtest strat', 'gobool backtest strategy.ts #'],
  ['gobool backtest --cash 5 strat', 'gobool backtest --cash 5 strategy.ts #'],
  ['gobool backtest dee', 'gobool backtest deep/#'],
  ['gobool backtest deep/in', 'gobool backtest deep/inner.ts #'],
  ['gobool backtest x.ts --data stock.AC', 'gobool backtest x.ts --data stock.ACME.usa@1d #'],
  ['gobool backtest x.ts --data stock.ACME.usa@', 'gobool backtest x.ts --data stock.ACME.usa@1d #'],
  ['gobool backtest x.ts --data spy=stock.AC', 'gobool backtest x.ts --data spy=stock.ACME.usa@1d #'],
  ['gobool backtest x.ts --data=stock.AC', 'gobool backtest x.ts --data=stock.ACME.usa@1d #'],
  ['gobool backtest x.ts --data pri', 'gobool backtest x.ts --data prices.csv #'],
  ['gobool backtest x.ts --data forex', 'gobool backtest x.ts --data forex.EURUSD.global@1h #'],
  ['gobool data show stock.AC', 'gobool data show stock.ACME.usa@1d #'],
  ['gobool run show 4fz', 'gobool run show 4fz0k2ab #'],
  ['gobool run compare 4fz0k2ab la', 'gobool run compare 4fz0k2ab last #'],
  ['gobool report 4fz', 'gobool report 4fz0k2ab #'],
  ['gobool report s-', 'gobool report s-31a78e34ce22 #'],
  ['gobool run show s-', 'gobool run show s-#'],
  ['gobool run ls --sort sharp', 'gobool run ls --sort sharpe #'],
  ['gobool explain GB_DATA_MIS', 'gobool explain GB_DATA_MISSING #'],
  ['gobool cluster rest', 'gobool cluster restart #'],
  ['gobool cluster restart mon', 'gobool cluster restart mongodb #'],
  ['gobool cluster down --name sta', 'gobool cluster down --name staging #'],
  ['gobool init dee', 'gobool init deep/#'],
  ['gobool completion f', 'gobool completion fish #'],
  // Free text: no file is offered, and nothing is said.
  ['gobool backtest x.ts --cash pri', 'gobool backtest x.ts --cash pri#'],
  ['gobool doctor pri', 'gobool doctor pri#'],
];

describe.each(Object.entries(SHELLS))('%s', (shell, start) => {
  test('completes commands, flags, values, files, datasets and runs', { timeout: 120_000 }, async () => {
    const folder = await projectWith(shell.replace(/ .*/, ''));
    const terminal = openTerminal(join(folder, 'work'));
    for (const line of start) {
      await terminal.waitFor(EMPTY_LINE);
      terminal.run(`${line}; clear`);
    }
    for (const [typed, line] of CASES) expect(await lineAfterTab(terminal, typed), typed).toEqual(line);
    expect(existsSync(join(folder, 'work/harmed'))).toBe(false);
  });
});

test.each(['bash', 'zsh', 'fish'])('%s: the script names every command, and is the same in JSON', async shell => {
  const { stdout } = await gobool(['completion', shell]);
  const { data } = document(await gobool(['completion', shell, '--json']));
  expect(data).toMatchObject({ shell });
  expect(data.script.trimEnd()).toBe(stdout);
  for (const { name } of COMMANDS) expect(stdout).toContain(name);
});

test('another shell is a usage error that helps', async () => {
  const { stderr, exitCode } = await gobool(['completion', 'zhs']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Did you mean "zsh"?');
});

const EMPTY_LINE = /ready>\s*$/;

/** A project with a dataset and a run, whose folder `work` holds files, and the script. */
async function projectWith(shell: string): Promise<string> {
  const { stdout } = await gobool(['completion', shell]);
  return temporaryFolder({
    'gobool.config.ts': 'export default {};\n',
    '.gobool/data/stock.ACME.usa@1d.json': '{}',
    // What a shell must not run.
    '.gobool/data/$(touch harmed)`touch harmed`.json': '{}',
    '.gobool/runs/4fz0k2ab/summary.json': '{}',
    '.gobool/sweeps/s-31a78e34ce22/sweep.json': '{}',
    '.gobool/cluster/staging/cluster.json': '{}',
    'work/strategy.ts': '',
    'work/strategy.md': '',
    'work/prices.csv': '',
    'work/deep/inner.ts': '',
    'work/script': `${stdout}\n`,
  });
}

async function lineAfterTab(terminal: Terminal, typed: string): Promise<string | undefined> {
  terminal.press('C-u');
  await terminal.waitFor(EMPTY_LINE);
  for (const keys of [typed, 'Tab', '#']) terminal.press(keys);
  const screen = await terminal.waitFor(/^ready> .*#/m);
  return /^ready> (.*#)/m.exec(screen)?.[1];
}
