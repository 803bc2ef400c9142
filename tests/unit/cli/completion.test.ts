import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { COMMANDS } from '../../../src/cli/commands/table.ts';
import { grammarOf } from '../../../src/cli/completion/grammar.ts';
import { SETTING_OPTIONS } from '../../../src/cli/config/setting-options.ts';
import { flagSchema, SETTING_KEYS } from '../../../src/cli/config/settings.ts';

const KNOWN = {
  datasets: ['stock.SPY.usa@1d'],
  runs: ['last'],
  results: [],
  clusters: ['default'],
  metrics: ['sharpe', 'fees'],
  objectives: ['sharpe'],
  'error codes': ['GB_USAGE'],
};

describe('the words of a setting are those that it takes', () => {
  const keyOf = (flags: string) => flags.replace(/^--| .*/g, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

  test.each(SETTING_OPTIONS.map(option => [keyOf(option.flags), option.completes?.words ?? []] as const))(
    '%s: %j',
    (key, words) => {
      expect(SETTING_KEYS).toContain(key);
      const issues = z.safeParse(flagSchema, { [key]: 'nonsense' }).error?.issues ?? [];
      const taken = issues.flatMap(issue => (issue.code === 'invalid_value' ? issue.values : []));
      expect([...words].sort()).toEqual([...taken].sort());
    },
  );
});

test('the grammar of every command', () => {
  const { steps, commands } = grammarOf(COMMANDS, [{ flags: '-h, --help', summary: 'Show help' }], KNOWN);
  expect(commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
  const start = steps.find(({ after }) => after === '')?.words.map(({ word }) => word);
  expect(start).toEqual([...new Set(COMMANDS.map(({ name }) => name.split(' ')[0]))]);
  const ofRun = steps.find(({ after }) => after === 'run')?.words.map(({ word }) => word);
  expect(ofRun).toEqual(expect.arrayContaining(['ls', 'show', 'compare', 'rm']));
  const command = (name: string) => commands.find(each => each.name === name);
  expect(command('run show')?.argument).toEqual({ words: ['last'], folders: false, inProject: 'runs' });
  expect(command('backtest')?.argument).toMatchObject({ files: '.ts' });
  expect(command('doctor')?.options).toEqual([{ names: ['-h', '--help'], summary: 'Show help', repeat: false }]);
  expect(command('backtest')?.options).toContainEqual({
    names: ['--data'],
    summary: expect.any(String),
    repeat: true,
    value: { words: ['stock.SPY.usa@1d'], folders: false, files: '.csv', inProject: 'datasets' },
  });
});

test('an objective is a metric that a sweep can rank by, not any number of a run', () => {
  const { commands } = grammarOf(COMMANDS, [], KNOWN);
  const sweep = commands.find(({ name }) => name === 'sweep');
  expect(sweep?.options.find(({ names }) => names.includes('--objective'))?.value?.words).toEqual(['sharpe']);
});

test('a value that looks like an option is none', () => {
  const options = [{ flags: '--set <name-of-it=-value>', summary: 'S' }];
  const [command] = grammarOf([{ ...COMMANDS[0]!, options }], [], KNOWN).commands;
  expect(command?.options[0]?.names).toEqual(['--set']);
});
