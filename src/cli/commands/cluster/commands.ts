/** `gobool cluster`: Kafka, Connect, Streams, MongoDB, PostgreSQL, etcd and gobool's services on this machine. */
import { COMPONENT_NAMES } from '../../../cluster/dev/component.ts';
import { type CommandDefinition, defineCommand } from '../../define-command.ts';
import { clusterChaosCommand } from './chaos-command.ts';
import { CLUSTER_NAME } from './name-option.ts';

const up = defineCommand({
  name: 'cluster up',
  group: 'Cluster',
  summary: 'Start the local cluster, or repair what is missing of it',
  description:
    'Ends with 0 once every component has proved that it works: a message went through Kafka, a row was committed, a ' +
    'majority wrote, a lease was granted, a worker is ready. Else with 5 and the last lines of what failed. A ' +
    'background process keeps all of them running and starts them again when they die; Ctrl-C only stops the watching.',
  options: [
    CLUSTER_NAME,
    {
      flags: '--driver <kind>',
      summary: 'native processes, docker containers, or what this machine can do (auto)',
      completes: { words: ['auto', 'native', 'docker'] },
    },
    {
      flags: '--only <components>',
      summary: 'Only these, and what they need: kafka,postgres (all)',
      completes: { words: COMPONENT_NAMES },
    },
    { flags: '--any-port', summary: 'Use other ports where the usual ones are taken, and keep them' },
    { flags: '--detach', summary: 'Print a line a change instead of the live view' },
  ],
  examples: [
    { command: 'gobool cluster up', note: 'Everything; the first time fetches the engines' },
    { command: 'gobool cluster up --name test --any-port --only postgres,etcd', note: 'A second cluster beside it' },
  ],
  // The handler knows whether there is a cluster that goes on.
  interruptNote: '',
  load: async () => (await import('./handlers.ts')).clusterUp,
});

const down = defineCommand({
  name: 'cluster down',
  group: 'Cluster',
  summary: 'Stop the cluster; its data stays',
  options: [CLUSTER_NAME],
  load: async () => (await import('./handlers.ts')).clusterDown,
});

const status = defineCommand({
  name: 'cluster status',
  group: 'Cluster',
  summary: 'Show how each component is, and what differs from the declared schema',
  description:
    'Exits with 0 where all components are healthy, else with 5. --env prints addresses and passwords as variables ' +
    'for a shell: keep them out of logs.',
  options: [CLUSTER_NAME, { flags: '--env', summary: 'Print variables for programs: addresses, users, passwords' }],
  examples: [{ command: 'eval "$(gobool cluster status --env)"', note: 'For programs of this shell' }],
  load: async () => (await import('./handlers.ts')).clusterStatus,
});

const logs = defineCommand({
  name: 'cluster logs',
  group: 'Cluster',
  summary: 'Show the last 200 lines of the logs',
  args: [
    {
      name: '[component]',
      summary: 'One component, or daemon: the supervisor (all, in the order of time)',
      completes: { words: [...COMPONENT_NAMES, 'daemon'] },
    },
  ],
  options: [
    CLUSTER_NAME,
    { flags: '-f, --follow', summary: 'Go on with what is written, until Ctrl-C' },
    { flags: '--ndjson', summary: 'Print a JSON document a line' },
  ],
  examples: [{ command: 'gobool cluster logs kafka -f', note: 'Watch one engine' }],
  interruptNote: '',
  load: async () => (await import('./handlers.ts')).clusterLogs,
});

const restart = defineCommand({
  name: 'cluster restart',
  group: 'Cluster',
  summary: 'Restart one component, and wait until it is healthy again',
  args: [{ name: '<component>', summary: COMPONENT_NAMES.join(', '), completes: { words: COMPONENT_NAMES } }],
  options: [CLUSTER_NAME],
  load: async () => (await import('./handlers.ts')).clusterRestart,
});

const reset = defineCommand({
  name: 'cluster reset',
  group: 'Cluster',
  summary: 'Stop the cluster and delete its data',
  description: 'Topics, databases and keys are gone; ports, passwords, logs and fetched engines stay.',
  options: [CLUSTER_NAME, { flags: '--yes', summary: 'Really delete' }],
  load: async () => (await import('./handlers.ts')).clusterReset,
});

const doctor = defineCommand({
  name: 'cluster doctor',
  group: 'Cluster',
  summary: 'Check that this machine can run the cluster, and what differs from the schema',
  description: 'Names the way by which each engine comes to this machine. Exits with 6 when something is missing.',
  options: [CLUSTER_NAME],
  load: async () => (await import('./handlers.ts')).clusterDoctor,
});

const ls = defineCommand({
  name: 'cluster ls',
  group: 'Cluster',
  summary: 'List the clusters of the project',
  load: async () => (await import('./handlers.ts')).clusterLs,
});

const rebuild = defineCommand({
  name: 'cluster rebuild',
  group: 'Cluster',
  summary: 'Make tables and views anew from what cannot be lost, and compare',
  description:
    'Replays the events of PostgreSQL into fresh tables, and events and artifacts into the views of MongoDB. Exits ' +
    'with 6 where something differs from what was kept. The cluster goes on meanwhile.',
  options: [CLUSTER_NAME],
  interruptNote: 'The cluster goes on with it.',
  load: async () => (await import('../desk-handlers.ts')).clusterRebuild,
});

export const CLUSTER_COMMANDS: readonly CommandDefinition[] = [
  up,
  down,
  status,
  logs,
  restart,
  reset,
  doctor,
  rebuild,
  ls,
  clusterChaosCommand,
];
