import type { Config } from '../cli/config/config-type.ts';

/** What runs and sweeps share. Neither configuration files nor `GOBOOL_` variables are read. */
export interface RunRequest extends Omit<Config, 'metrics'> {
  /** First bar to take: `2004-01-01`, `2004-01-01T14:30Z`, epoch milliseconds or a Date. UTC. */
  readonly from?: string | number | Date;
  /** End, exclusive. */
  readonly to?: string | number | Date;
  /** Folder that paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** Folder with `.gobool`. Default: the project of `cwd`, as the command finds it. */
  readonly projectDir?: string;
  /** Whether the result is kept, and counted as a trial. Default true. */
  readonly store?: boolean;
  /** Ends the work with GB_RUN_CANCELLED. */
  readonly signal?: AbortSignal;
}
