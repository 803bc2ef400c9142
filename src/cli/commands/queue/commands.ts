/** `gobool queue`: what waits for workers of a cluster. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const ls = defineCommand({
  name: 'queue ls',
  group: 'Cluster',
  summary: 'List the runs that wait for workers, next one first',
  description:
    'Higher priorities go first; between runs of one priority the API keys take turns. The position of a run counts ' +
    'the tasks of others that go before its first one.',
  options: [{ flags: '--limit <count>', summary: 'At most so many runs (20)' }],
  load: async () => (await import('../desk-handlers.ts')).queueLs,
});

const move = defineCommand({
  name: 'queue move',
  group: 'Cluster',
  summary: 'Let a run go before others, or after them',
  description: 'Moves the tasks that wait; those that workers have stay where they are.',
  args: [{ name: '<run>', summary: 'Id, the beginning of one, or last', completes: { words: ['last'] } }],
  options: [
    { flags: '--priority <number>', summary: 'From -100 to 100; higher goes first (0)' },
    {
      flags: '--to <end>',
      summary: 'front or back of the runs of its key with the same priority',
      completes: { words: ['front', 'back'] },
    },
  ],
  examples: [{ command: 'gobool queue move last --priority 10 --to front', note: 'Before everything else' }],
  load: async () => (await import('../desk-handlers.ts')).queueMove,
});

export const QUEUE_COMMANDS: readonly CommandDefinition[] = [ls, move];
