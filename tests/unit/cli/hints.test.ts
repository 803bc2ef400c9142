/** A hint is a command to run: it must be one. */
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { COMMANDS } from '../../../src/cli/commands/table.ts';
import { ERROR_CATALOGUE } from '../../../src/runtime/base/error-codes/index.ts';
import { errorOf } from '../../helpers/errors.ts';

const COMMANDS_IN_HINTS = Object.entries(ERROR_CATALOGUE).flatMap(([code, { hint }]) =>
  [...hint.matchAll(/`gobool ([^`]+)`/g)].map(([, line = '']) => [code, line] as const),
);

test.each(COMMANDS_IN_HINTS)('%s: gobool %s', (_code, line) => {
  const words = line.split(' ');
  // Words that stand for themselves only, as `run rm`, lack their arguments.
  const problem = messageOf(() => parseCommandLine(words, COMMANDS)).replace(/^Missing required argument .*/, '');
  expect(problem).toBe('');
});

test('a file of a run cannot be told its interval, an import can', () => {
  expect(() => parseCommandLine(['backtest', 'strategy.ts', '--interval', '1d'], COMMANDS)).toThrow('--interval');
  expect(ERROR_CATALOGUE.GB_DATA_INTERVAL.hint).toContain('`gobool data import bars.csv ');
});

test.each(['strategy.ts', 'examples/mine.mjs'])('%s where a command belongs', async file => {
  const error = await errorOf(() => parseCommandLine([file, '--fee', '5bps'], COMMANDS));
  expect(error).toMatchObject({ code: 'GB_USAGE', hint: `A strategy is run by \`gobool backtest ${file}\`.` });
});

function messageOf(work: () => void): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
