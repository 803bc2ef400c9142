import { SETTING_OPTIONS } from '../../config/setting-options.ts';
import { defineCommand } from '../../define-command.ts';
import { CLUSTER_OPTION, DETACH_OPTION, interruptNote } from '../on-cluster/cluster-option.ts';

/** A sweep ranks by gobool's own metrics. */
const SETTINGS = SETTING_OPTIONS.filter(({ flags }) => !flags.startsWith('--metrics'));

export const sweepCommand = defineCommand({
  name: 'sweep',
  group: 'Start',
  summary: 'Run a strategy with many sets of parameters',
  description:
    'Prints the best sets, the objective over the space, and how stable the best set is. Parameters take the ranges ' +
    'of --param, else those that the strategy declares. A sweep that was interrupted goes on where it was when it is ' +
    'run again. Every run is a trial of the ledger.',
  args: [
    { name: '<strategy>', summary: 'TypeScript file that exports defineStrategy({...})', completes: { files: '.ts' } },
  ],
  options: [
    {
      flags: '--param <name=values>',
      summary: 'fast=5..50:5, fast=5,10,20, or fast for its declared range',
      repeat: true,
    },
    { flags: '--set <name=value>', summary: 'Value of a parameter that does not vary', repeat: true },
    { flags: '--where <condition>', summary: "Only sets for which it holds: 'fast<slow and slow<=100'", repeat: true },
    { flags: '--objective <metric>', summary: 'What makes a set good (sharpe)', completes: { names: 'objectives' } },
    { flags: '--minimize', summary: 'Less of the objective is better; of risks such as maxDrawdown it is anyway' },
    { flags: '--random <count>', summary: 'Draw so many sets of the space instead of running all, by --seed' },
    { flags: '--workers <count>', summary: 'Threads (one per processor)' },
    { flags: '--top <count>', summary: 'Rows of the table (10)' },
    { flags: '--fresh', summary: 'Run all sets again, also those that an earlier sweep has done' },
    { flags: '--from <date>', summary: 'First bar: 2004-01-01 or 2004-01-01T14:30Z, UTC' },
    { flags: '--to <date>', summary: 'End, exclusive' },
    CLUSTER_OPTION,
    DETACH_OPTION,
    ...SETTINGS,
    {
      flags: '--fail-if <condition>',
      summary: "Exit with 6 where it holds for the best set: 'sharpe<1'",
      repeat: true,
    },
    {
      flags: '--report [file]',
      summary: 'Write an HTML report; default .gobool/reports/<sweep>.html',
      completes: { files: '.html' },
    },
    { flags: '--no-store', summary: 'Keep nothing: no sweep, no trials' },
  ],
  examples: [
    {
      command: "gobool sweep strategy.ts --param fast=5..50:5 --param slow=20..200:10 --where 'fast<slow'",
      note: 'A grid',
    },
    {
      command: 'gobool sweep strategy.ts --random 1000 --objective calmar',
      note: 'Sets drawn from the declared ranges',
    },
  ],
  interruptNote,
  load: async () => (await import('../handlers.ts')).sweep,
});
