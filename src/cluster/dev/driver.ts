/**
 * How a component comes to run on this machine. Two adapters: native processes; Docker containers, which are the
 * engines only.
 */
import type { ClusterFacts } from './cluster-facts.ts';
import type { ComponentName } from './component.ts';

export interface Driver<Name extends ComponentName = ComponentName> {
  readonly name: DriverName;
  /**
   * Brings everything onto the machine that `start` needs; at once where it is there. Safe to interrupt at any moment
   * and to run twice at once. Throws a coded error with what to install.
   */
  readonly fetch: (name: Name, onProgress: (progress: FetchProgress) => void, signal: AbortSignal) => Promise<Origin>;
  /** Launches it, with fresh or kept data. Resolves when the process exists, not when it answers. */
  readonly start: (name: Name, facts: ClusterFacts, signal: AbortSignal) => Promise<Instance>;
  /** What an earlier daemon of the same cluster left running. */
  readonly find: (name: Name, facts: ClusterFacts) => Promise<Instance | undefined>;
  /** Ends what is left of the cluster, found by its id. Returns what was found, `java 4711`, one each. */
  readonly sweep: (facts: ClusterFacts) => Promise<readonly string[]>;
  /** Where its output goes; rotated in place by the daemon. */
  readonly logFile: (name: Name, facts: ClusterFacts) => string;
}

export type DriverName = 'native' | 'docker';

/** Where an engine comes from. */
export interface Origin {
  readonly version: string;
  /** `explicit`: GOBOOL_KAFKA and the like name it. `image`: Docker. `own`: a part of gobool. */
  readonly route: 'explicit' | 'path' | 'cache' | 'image' | 'own';
  /** Folder, program or image. */
  readonly location: string;
}

export interface FetchProgress {
  /** `downloading 23 of 46 jars`, `compiling etcd` */
  readonly step: string;
  readonly bytes?: number;
  readonly bytesTotal?: number;
}

/** One running engine, started by us or adopted. */
export interface Instance {
  readonly pid: number;
  /** Kernel's start time of the process, by which a reused pid is told apart. */
  readonly startedAt: string;
  /** Resolves once it is gone: `exit 1`, `SIGKILL`; `gone` where it was adopted, since only a parent learns more. */
  readonly ended: Promise<string>;
  /** Asks it to end, insists after its grace; resolves when it is gone. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
  /** Resident memory and CPU time used since its start, in bytes and milliseconds. */
  readonly usage: () => Promise<{ readonly memoryBytes: number; readonly cpuMs: number } | undefined>;
}
