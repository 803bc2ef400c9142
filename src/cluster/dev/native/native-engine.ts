/** How one engine runs as a process of this machine. */
import type { ClusterFacts } from '../cluster-facts.ts';
import type { ComponentName } from '../component.ts';
import type { Install } from '../fetch/install.ts';

export interface NativeEngine {
  readonly name: ComponentName;
  /** Writes its configuration and makes its data folder, under `facts.dir`. Idempotent; called before every launch. */
  readonly prepare: (facts: ClusterFacts, install: Install, signal: AbortSignal) => Promise<void>;
  /** No password may appear in it: every user of the machine can read command lines. */
  readonly launch: (facts: ClusterFacts, install: Install) => Launch;
  /** After its stop signal this long, then SIGKILL. */
  readonly stopGraceMs: number;
  /** Default SIGTERM; PostgreSQL takes that as `once all clients have left`. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT';
}

/** The driver adds `GOBOOL_CLUSTER_ID`, a process group of its own, and the log file as stdout and stderr. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** On top of a minimal environment (PATH, HOME, LANG). */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the cluster's folder. */
  readonly cwd?: string;
  /** Run as this user, where root may not be the engine's user and namespaces are forbidden. */
  readonly user?: { readonly uid: number; readonly gid: number };
}
