/** An engine that lies ready on this machine. */
import type { Origin } from '../driver.ts';

export type Install = ProgramInstall | JavaInstall | OwnInstall;

/** etcd, mongod, postgres. `location` of the origin is the program. */
export interface ProgramInstall extends Origin {
  readonly kind: 'program';
  /** Absolute path of the program; its helpers (`initdb`) lie beside it. */
  readonly program: string;
}

/** Broker, Connect worker, Streams app. `location` of the origin is the folder of jars. */
export interface JavaInstall extends Origin {
  readonly kind: 'java';
  /** Absolute path of `java`. */
  readonly java: string;
  /** `17.0.15`: archives of classes are made for one version. */
  readonly javaVersion: string;
  /** Absolute paths of jars, sorted: an archive only fits the very same list. */
  readonly classPath: readonly string[];
  /** Folder of Connect plugins, beside the class path; only for Connect. */
  readonly pluginDir?: string;
  /** Archive of classes that halves the time to start, where one was made (`native/class-archives.ts`). */
  readonly classArchive?: string;
}

/** A service of gobool, which runs on the Node that runs gobool. `location` of the origin is its main module. */
export interface OwnInstall extends Origin {
  readonly kind: 'own';
  /** Folder in which Node keeps compiled code. */
  readonly compileCache: string;
}
