/** `gobool hospital`: what fell ill in a cluster, and waits to be tried again or for a person. */
import { type ArgumentDefinition, type CommandDefinition, defineCommand } from '../../define-command.ts';

const CASES: ArgumentDefinition = { name: '<case...>', summary: 'Ids, or their beginnings' };

const ls = defineCommand({
  name: 'hospital ls',
  group: 'Cluster',
  summary: 'List the cases that wait for a person or are tried again',
  description:
    'A case is a message that no service can use, a task that failed through no fault of its own, or a callback that ' +
    'nobody hears. What is done by itself for which code stands in gobool.config.ts: cluster.policies.',
  options: [
    {
      flags: '--state <state>',
      summary: 'open, retrying, retried, discarded or ignored (open and retrying)',
      completes: { words: ['open', 'retrying', 'retried', 'discarded', 'ignored'] },
    },
    { flags: '--run <run>', summary: 'Only cases of this run' },
    { flags: '--limit <count>', summary: 'At most so many (20)' },
  ],
  load: async () => (await import('../desk-handlers.ts')).hospitalLs,
});

const show = defineCommand({
  name: 'hospital show',
  group: 'Cluster',
  summary: 'Show a case, and what fell ill as it was',
  args: [{ name: '<case>', summary: 'Id, or the beginning of one' }],
  load: async () => (await import('../desk-handlers.ts')).hospitalShow,
});

const retry = defineCommand({
  name: 'hospital retry',
  group: 'Cluster',
  summary: 'Do again what fell ill',
  args: [CASES],
  load: async () => (await import('../desk-handlers.ts')).hospitalRetry,
});

const discard = defineCommand({
  name: 'hospital discard',
  group: 'Cluster',
  summary: 'Give up what fell ill',
  args: [CASES],
  load: async () => (await import('../desk-handlers.ts')).hospitalDiscard,
});

export const HOSPITAL_COMMANDS: readonly CommandDefinition[] = [ls, show, retry, discard];
