/**
 * How one engine runs in a container. The container sees the cluster's folder under the same path as this machine, its
 * configuration read-only, its data in a volume; so most engines run by the very command that they run by natively.
 */
import { dirname } from 'node:path';
import type { ClusterFacts, Ports } from '../cluster-facts.ts';
import { dataDir } from '../cluster-folder.ts';
import type { EngineName } from '../component.ts';
import type { JavaInstall, ProgramInstall } from '../fetch/install.ts';
import type { Launch } from '../native/native-engine.ts';

export interface DockerService {
  readonly name: EngineName;
  /** Writes its configuration. Idempotent; called before every start. */
  readonly prepare: (facts: ClusterFacts, signal: AbortSignal) => Promise<void>;
  /** Whether it gets a volume; the others keep all that they know in topics. */
  readonly keepsData?: boolean;
  /** Program and arguments. No password may appear in it. */
  readonly command: (facts: ClusterFacts) => readonly string[];
  /** The port that the machine reaches it by, on loopback. */
  readonly port: keyof Ports;
  /** Where it listens for that in the container; absent: at the same port. */
  readonly insidePort?: (facts: ClusterFacts) => number;
  /** What root may do in the container, besides reading the files of the person who started the cluster. */
  readonly capabilities?: readonly ('CHOWN' | 'FOWNER' | 'SETGID' | 'SETUID')[];
  readonly stopGraceMs: number;
  /** Default SIGTERM. */
  readonly stopSignal?: string;
}

/** Where the volume is mounted. A folder above the data, so that data can be made beside it and then be renamed. */
export const volumeDir = (facts: ClusterFacts, name: EngineName) => dirname(dataDir(facts.dir, name));

/** A program on the image's PATH. */
export const programInImage = (program: string): ProgramInstall => ({
  kind: 'program',
  program,
  version: '',
  route: 'image',
  location: program,
});

/** Java with Kafka's jars, as Kafka's image holds them, after `classPath`. */
export const javaInImage = (...classPath: readonly string[]): JavaInstall => ({
  kind: 'java',
  java: 'java',
  javaVersion: '',
  classPath: [...classPath, '/opt/kafka/libs/*'],
  version: '',
  route: 'image',
  location: '/opt/kafka/libs',
});

/** 27017 of `mongodb:27017` */
export const portOf = (address: string): number => Number(address.split(':').at(-1));

export const commandOf = ({ program, args }: Launch): readonly string[] => [program, ...args];

/** Kafka's image logs by log4j 2, whose own default is to hide warnings. */
export const javaCommandOf = ({ program, args }: Launch): readonly string[] => [
  program,
  '-Dlog4j2.level=WARN',
  ...args,
];

/** Runs `script` with `sh`, which finds `args` as `$1`, `$2` and so on: nothing needs quoting. */
export const shell = (script: string, ...args: readonly string[]): readonly string[] => [
  '/bin/sh',
  '-euc',
  script.trim(),
  'sh',
  ...args,
];
