import type { Style } from '../../output/colour.ts';

/** Of runs, tasks, cases and workers. */
const STYLES: Readonly<Record<string, Style>> = {
  accepted: 'blue',
  queued: 'blue',
  running: 'cyan',
  completed: 'green',
  failed: 'red',
  rejected: 'red',
  cancelled: 'dim',
  hospital: 'magenta',
  open: 'red',
  retrying: 'yellow',
  retried: 'green',
  discarded: 'dim',
  ignored: 'dim',
  busy: 'cyan',
  idle: 'dim',
};

/** What a state looks like. */
export const stateStyle = (state: string): Style | undefined => STYLES[state];
