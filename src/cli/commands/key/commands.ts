/** `gobool key`: who is let in by the gateway of a cluster. */
import { type CommandDefinition, defineCommand } from '../../define-command.ts';

const create = defineCommand({
  name: 'key create',
  group: 'Cluster',
  summary: 'Make an API key, and show it this once',
  description:
    'Needs a key of scope admin, as the first one that `cluster up` makes. The key goes to stdout, all else to ' +
    'stderr. The cluster keeps a hash of it only: a key that is lost cannot be shown again.',
  args: [{ name: '<name>', summary: 'Whose it is, for lists' }],
  options: [
    {
      flags: '--scope <scope>',
      summary: 'submit, read or admin; several times for several (submit and read)',
      repeat: true,
      completes: { words: ['submit', 'read', 'admin'] },
    },
    { flags: '--expires <span>', summary: 'It ends after 30d, 12h, 90min (never)' },
  ],
  examples: [
    { command: 'export GOBOOL_API_KEY="$(gobool key create ci --expires 30d)"', note: 'For this shell' },
    { command: 'gobool key create ops --scope admin', note: 'May do and see everything of everybody' },
  ],
  load: async () => (await import('../desk-handlers.ts')).keyCreate,
});

const ls = defineCommand({
  name: 'key ls',
  group: 'Cluster',
  summary: 'List the API keys, without their secrets',
  load: async () => (await import('../desk-handlers.ts')).keyLs,
});

const revoke = defineCommand({
  name: 'key revoke',
  group: 'Cluster',
  summary: 'End an API key; what it submitted goes on',
  args: [{ name: '<key>', summary: 'Id, or the beginning of one' }],
  load: async () => (await import('../desk-handlers.ts')).keyRevoke,
});

export const KEY_COMMANDS: readonly CommandDefinition[] = [create, ls, revoke];
