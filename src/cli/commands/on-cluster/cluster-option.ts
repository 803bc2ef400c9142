import type { OptionDefinition } from '../../define-command.ts';

export const CLUSTER_OPTION: OptionDefinition = {
  flags: '--cluster',
  summary: "Run it on a cluster: GOBOOL_CLUSTER, a name or an address; else the project's",
};
