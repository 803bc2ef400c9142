/** `gobool run`: the runs that the project keeps. */
import { type ArgumentDefinition, type CommandDefinition, defineCommand } from '../../define-command.ts';

const CLUSTER_RUN: ArgumentDefinition = {
  name: '<run>',
  summary: 'Id on the cluster, the beginning of one, or last',
  completes: { words: ['last'] },
};
const RUN = { summary: 'Id, the beginning of one, or last', completes: { names: 'runs' } } as const;

const runLs = defineCommand({
  name: 'run ls',
  group: 'Results',
  summary: 'List the runs of the project, newest first',
  options: [
    { flags: '--where <condition>', summary: "Only runs that meet it: 'sharpe>1 and trades>=30'", repeat: true },
    {
      flags: '--sort <name>',
      summary: 'By a metric, largest first; -name for smallest first (time)',
      completes: { words: ['time'], names: 'metrics' },
    },
    { flags: '--limit <count>', summary: 'At most so many (20); 0 for all' },
    {
      flags: '--cluster',
      summary: 'Those that a cluster has taken; --where knows total, completed, failed, running, priority, position',
    },
    {
      flags: '--state <state>',
      summary: 'Of a cluster: queued, running, completed, failed, cancelled, hospital ...',
      completes: {
        words: ['accepted', 'rejected', 'queued', 'running', 'completed', 'failed', 'cancelled', 'hospital'],
      },
    },
    { flags: '--keys', summary: 'Of a cluster: show the API key of each' },
    { flags: '--sweeps', summary: 'The complete sweeps of the project instead, for `gobool report`' },
  ],
  examples: [
    { command: "gobool run ls --where 'sharpe>1' --sort -maxDrawdown", note: 'The calmest of the good ones' },
    { command: 'gobool run ls --cluster --state running', note: 'What a cluster works on' },
  ],
  load: async () => (await import('../handlers.ts')).runLs,
});

const runShow = defineCommand({
  name: 'run show',
  group: 'Results',
  summary: 'Show the result of a run again',
  description: 'An id that begins with r- is that of a run on a cluster: its state, tasks, workers, ranks and error.',
  args: [{ name: '<run>', ...RUN }],
  options: [
    { flags: '--trades', summary: 'List its trades, with prices and their largest excursions against and with them' },
    {
      flags: '--metrics <dialect>',
      summary: 'Compute statistics as native, lean or backtesting.py do (native)',
      completes: { words: ['native', 'lean', 'backtesting.py'] },
    },
    { flags: '--cluster', summary: 'As a cluster knows it: for last' },
  ],
  load: async () => (await import('../handlers.ts')).runShow,
});

const runCancel = defineCommand({
  name: 'run cancel',
  group: 'Results',
  summary: 'Cancel a run on a cluster',
  args: [CLUSTER_RUN],
  load: async () => (await import('../desk-handlers.ts')).runCancel,
});

const runRetry = defineCommand({
  name: 'run retry',
  group: 'Results',
  summary: 'Submit a run of a cluster again; one in the hospital goes on',
  description: 'What failed because of its strategy fails again: a run is a pure function of what it was given.',
  args: [CLUSTER_RUN],
  load: async () => (await import('../desk-handlers.ts')).runRetry,
});

const runTail = defineCommand({
  name: 'run tail',
  group: 'Results',
  summary: 'Watch a run on a cluster to its end, and keep its result',
  description:
    'Live on a terminal: ? shows the keys, q or Ctrl-C leaves, and the run goes on. The result of a run that this ' +
    'project submitted lands in its store, also long after it ended, and has an id of its own here, which is printed.',
  args: [CLUSTER_RUN],
  options: [{ flags: '--ndjson', summary: 'Print what happens and the result as JSON, one a line' }],
  interruptNote: '',
  load: async () => (await import('./tail/handler.ts')).runTail,
});

const runCompare = defineCommand({
  name: 'run compare',
  group: 'Results',
  summary: 'Show what differs between two runs, trade by trade',
  description:
    'Metrics that differ, what the difference of the profits comes from, the first fill at which the runs part, and ' +
    'the trades that are not equal: - is the left run, + the right one. Trades belong together where product, side ' +
    'and time of entry are the same.',
  args: [
    { name: '<left>', ...RUN },
    { name: '<right>', ...RUN },
  ],
  options: [{ flags: '--all', summary: 'Show all trades that differ (the first 10)' }],
  load: async () => (await import('../handlers.ts')).runCompare,
});

const runRm = defineCommand({
  name: 'run rm',
  group: 'Results',
  summary: 'Remove runs; the ledger keeps their trials',
  args: [{ name: '<run...>', ...RUN }],
  load: async () => (await import('../handlers.ts')).runRm,
});

export const RUN_COMMANDS: readonly CommandDefinition[] = [
  runLs,
  runShow,
  runTail,
  runCompare,
  runCancel,
  runRetry,
  runRm,
];
