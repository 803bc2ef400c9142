import type { OptionDefinition } from '../../define-command.ts';

export const CLUSTER_NAME: OptionDefinition = {
  flags: '--name <name>',
  summary: 'Which cluster (GOBOOL_CLUSTER, else the only one that runs, else default)',
  completes: { names: 'clusters' },
};
