/** `gobool run`: the runs that the project keeps. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const RUN = 'Id, the beginning of one, or last';

const runLs = defineCommand({
  name: 'run ls',
  group: 'Results',
  summary: 'List the runs of the project, newest first',
  options: [
    { flags: '--where <condition>', summary: "Only runs that meet it: 'sharpe>1 and trades>=30'" },
    { flags: '--sort <name>', summary: 'By a metric, largest first; -name for smallest first (time)' },
    { flags: '--limit <count>', summary: 'At most so many (20); 0 for all' },
  ],
  examples: [{ command: "gobool run ls --where 'sharpe>1' --sort -maxDrawdown", note: 'The calmest of the good ones' }],
  load: async () => (await import('../handlers.ts')).runLs,
});

const runShow = defineCommand({
  name: 'run show',
  group: 'Results',
  summary: 'Show the result of a run again',
  args: [{ name: '<run>', summary: RUN }],
  options: [{ flags: '--trades', summary: 'List its trades' }],
  load: async () => (await import('../handlers.ts')).runShow,
});

const runCompare = defineCommand({
  name: 'run compare',
  group: 'Results',
  summary: 'Show what differs between two runs: metrics, and the first different fill',
  args: [
    { name: '<left>', summary: RUN },
    { name: '<right>', summary: RUN },
  ],
  load: async () => (await import('../handlers.ts')).runCompare,
});

const runRm = defineCommand({
  name: 'run rm',
  group: 'Results',
  summary: 'Remove runs; the ledger keeps their trials',
  args: [{ name: '<run...>', summary: RUN }],
  load: async () => (await import('../handlers.ts')).runRm,
});

export const RUN_COMMANDS: readonly CommandDefinition[] = [runLs, runShow, runCompare, runRm];
