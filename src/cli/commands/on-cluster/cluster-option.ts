import type { OptionDefinition } from '../../define-command.ts';
import type { RawInput } from '../../define-handler.ts';

export const CLUSTER_OPTION: OptionDefinition = {
  flags: '--cluster',
  summary: "Run it on a cluster: GOBOOL_CLUSTER, a name or an address; else the project's",
};

export const DETACH_OPTION: OptionDefinition = {
  flags: '--detach',
  summary: 'With --cluster: print the id of the run there and end; `gobool run tail` shows it',
};

/** Of a command with these options: Ctrl-C leaves a run on a cluster at once, and nothing is to be stopped. */
export const interruptNote = ({ cluster }: RawInput): string | undefined => (cluster === true ? '' : undefined);
