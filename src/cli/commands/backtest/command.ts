import { SETTING_OPTIONS } from '../../config/setting-options.ts';
import { defineCommand } from '../../define-command.ts';
import { CLUSTER_OPTION, DETACH_OPTION, interruptNote } from '../on-cluster/cluster-option.ts';

export const backtestCommand = defineCommand({
  name: 'backtest',
  group: 'Start',
  summary: 'Run a strategy on past data',
  description:
    'Prints the result and keeps it in .gobool, for `gobool run`. Flags are stronger than GOBOOL_ variables, these ' +
    'than gobool.config.ts, and that than what the strategy says.',
  args: [
    { name: '<strategy>', summary: 'TypeScript file that exports defineStrategy({...})', completes: { files: '.ts' } },
  ],
  options: [
    { flags: '--set <name=value>', summary: 'Value of a parameter', repeat: true },
    { flags: '--from <date>', summary: 'First bar: 2004-01-01 or 2004-01-01T14:30Z, UTC' },
    { flags: '--to <date>', summary: 'End, exclusive' },
    CLUSTER_OPTION,
    DETACH_OPTION,
    ...SETTING_OPTIONS,
    { flags: '--fail-if <condition>', summary: "Exit with 6 where it holds: 'sharpe<1 and trades>=30'", repeat: true },
    { flags: '--range', summary: 'Also run with ambiguous bars decided for the target, and show both results' },
    {
      flags: '--report [file]',
      summary: 'Write an HTML report; default .gobool/reports/<run>.html',
      completes: { files: '.html' },
    },
    { flags: '--no-store', summary: 'Keep nothing: no run, no trial' },
    { flags: '--ndjson', summary: 'Print progress, chunks and result as JSON, one a line' },
  ],
  examples: [
    { command: 'gobool backtest strategy.ts', note: 'On the data that the strategy names' },
    {
      command: 'gobool backtest strategy.ts --data prices.csv --set fast=5 --fee 10bps',
      note: 'On a CSV file, with costs',
    },
    { command: "gobool backtest strategy.ts --fail-if 'sharpe<1'", note: 'As a check in CI' },
    { command: 'gobool backtest strategy.ts --cluster', note: 'On a worker of the cluster, with the same hash' },
  ],
  interruptNote,
  load: async () => (await import('../handlers.ts')).backtest,
});
