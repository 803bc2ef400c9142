/**
 * What a daemon says about its cluster: the document of its control socket, of `cluster status` and of the live view.
 */
import type { ComponentName, ComponentState } from './component.ts';
import type { DriverName, FetchProgress, Origin } from './driver.ts';

export interface ClusterStatus {
  readonly name: string;
  readonly id: string;
  readonly driver: DriverName;
  /** `healthy` when all wanted components are; `down` without a daemon. */
  readonly state: 'down' | 'starting' | 'healthy' | 'degraded' | 'stopping';
  readonly daemonPid: number | null;
  /** Kept by `COMPONENT_NAMES`' order. */
  readonly components: readonly ComponentStatus[];
}

export interface ComponentStatus {
  readonly name: ComponentName;
  /** Wanted whenever this one is; an older daemon does not say. */
  readonly needs?: readonly ComponentName[];
  readonly state: ComponentState;
  /** Since when, epoch milliseconds. */
  readonly sinceMs: number;
  readonly pid: number | null;
  readonly port: number;
  /** Without a password. */
  readonly url: string;
  readonly origin: Origin | null;
  readonly memoryBytes: number | null;
  /** Share of one core over the last seconds. */
  readonly cpu: number | null;
  /** How often it was started again since `up`. */
  readonly restarts: number;
  /** The last deep probe. */
  readonly probe: ProbeVerdict | null;
  /** Why it is not healthy; absent when it is. */
  readonly problem: Problem | null;
  /** While `fetching`. */
  readonly progress: FetchProgress | null;
  /** Milliseconds that each phase of the last start took. */
  readonly tookMs: Partial<Record<'fetching' | 'starting' | 'initialising', number>>;
  /** What differs from the declared schema, one line each; null before it was looked at. */
  readonly drift: readonly string[] | null;
}

export interface ProbeVerdict {
  readonly ok: boolean;
  /** Evidence, or what went wrong. */
  readonly message: string;
  readonly atMs: number;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Last lines of its log. */
  readonly log: readonly string[];
}
