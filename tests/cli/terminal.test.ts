import { expect, test } from 'vitest';
import { PROGRAM } from '../helpers/cli.ts';
import { cliProject, RUN, strategyText } from '../helpers/cli-project.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';

/** Takes about 20 ms a bar. */
const SLOW = strategyText(`
  onBar({ close }) {
    let sum = 0;
    for (let i = 0; i < 2e7; i++) sum += close.at(0) / (i + 1);
    if (sum < 0) throw new Error('never');
  },`);

function start(columns: number, files: Readonly<Record<string, string>> = {}): Terminal {
  const terminal = openTerminal(cliProject(files), columns);
  terminal.run(`${process.execPath} ${PROGRAM} ${RUN.join(' ')}; echo "exit=$?"`);
  return terminal;
}

test.each([60, 80, 120])('a result fits a terminal of %i columns', async columns => {
  const terminal = start(columns);
  const screen = await terminal.waitFor(/exit=0/);
  expect(screen).toContain('hash');
  const hash = screen.replaceAll('\n', '').match(/hash\s+([0-9a-f]{64})/);
  expect(hash, screen).not.toBeNull();
});

test('long work shows progress, rate and time left; Ctrl-C ends it and gives the terminal back', async () => {
  const terminal = start(100, { 'strategy.ts': SLOW });
  await terminal.waitFor(/Running ━*╌+ \d+ % · \d+ of 120 bars · [\d.]+\/s · \d+ s left/);
  terminal.press('C-c');
  const screen = await terminal.waitFor(/exit=130/);
  expect(screen).toContain('GB_RUN_CANCELLED');
  expect(screen).not.toContain('Running');
  terminal.run('echo back');
  await terminal.waitFor(/^back$/m);
});
