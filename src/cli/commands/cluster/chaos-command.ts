import { FAULT_KINDS, TARGETS } from '../../../cluster/chaos/fault.ts';
import { defineCommand } from '../../define-command.ts';
import { CLUSTER_NAME } from './name-option.ts';

export const clusterChaosCommand = defineCommand({
  name: 'cluster chaos',
  group: 'Cluster',
  summary: 'Break the components of a cluster under load, and prove that nothing is lost',
  description:
    'Submits backtests and sweeps, and meanwhile kills (kill -9) and stops (SIGSTOP, for longer than any lease) ' +
    'each component in turn. Nothing may be lost or done twice, every hash must be that of this machine, streams ' +
    'have no hole, no other component exits. Ends with 6 where something of it does not hold. With --for faults come ' +
    'at random, at a fixed pace. The same seed decides the same.',
  options: [
    CLUSTER_NAME,
    { flags: '--only <components>', summary: 'Break only these (all that run)', completes: { words: TARGETS } },
    {
      flags: '--faults <kinds>',
      summary: 'kill, stop, down (killed, and away for 20 s), restart (kill,stop)',
      completes: { words: FAULT_KINDS },
    },
    { flags: '--full', summary: 'All kinds of faults, and everything killed at once' },
    { flags: '--for <seconds>', summary: 'Random faults for so long, instead of each in turn' },
    { flags: '--every <seconds>', summary: 'With --for: one fault in so many seconds (10)' },
    { flags: '--seed <n>', summary: 'Decides moments and random faults (a new one, which is printed)' },
    { flags: '--yes', summary: 'Also where runs of others are under way' },
  ],
  examples: [
    { command: 'gobool cluster chaos --only worker,join --faults kill', note: 'A minute of it' },
    { command: 'gobool cluster chaos --for 600 --faults kill', note: 'Ten minutes of random kills, one every 10 s' },
  ],
  // Apart from its neighbours, which need no bundler and no client of an engine.
  load: async () => (await import('./chaos.ts')).clusterChaos,
});
