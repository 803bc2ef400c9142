/** `gobool worker`: who runs the tasks of a cluster. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const ls = defineCommand({
  name: 'worker ls',
  group: 'Cluster',
  summary: 'List the workers of the cluster, and what they do',
  load: async () => (await import('../desk-handlers.ts')).workerLs,
});

const start = defineCommand({
  name: 'worker start',
  group: 'Cluster',
  summary: "Run more workers for the project's cluster, until Ctrl-C",
  description:
    'On top of the workers that the cluster has by itself. Each is a process that runs one task at a time, in a ' +
    'bubblewrap sandbox, on a processor of its own. Ctrl-C lets them give back what they run, then ends them.',
  options: [
    { flags: '--slots <count>', summary: 'So many workers (one for each processor)' },
    {
      flags: '--unsafe-no-sandbox',
      summary: 'Run strategies without isolation: they can read, write and send whatever you can',
    },
    { flags: '--ndjson', summary: 'Print a JSON document a line' },
  ],
  interruptNote: 'Giving back what runs. Press Ctrl-C again to end at once.',
  load: async () => (await import('./start.ts')).workerStart,
});

export const WORKER_COMMANDS: readonly CommandDefinition[] = [ls, start];
