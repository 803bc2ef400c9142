/**
 * The command line of a JVM engine: broker, Connect worker, Streams app. Tuned for development on a small machine:
 * quick to start, small, and dead at once when memory runs out, so that the daemon starts it again. Only the first of
 * the two compilers is used; a real deployment drops that flag.
 */
import { delimiter } from 'node:path';
import type { JavaInstall } from '../fetch/install.ts';
import type { Launch } from './native-engine.ts';

export interface JavaMain {
  readonly mainClass: string;
  readonly args: readonly string[];
  /** More flags of the JVM, `-Dname=value` for example. */
  readonly flags?: readonly string[];
}

const FLAGS = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xms64m',
  '-Xmx256m',
  '-Xss512k',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:-UsePerfData',
  '-Xshare:auto',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
];

/** An archive that does not fit is ignored by the JVM with a warning in the log. */
export function javaCommand(install: JavaInstall, { mainClass, args, flags = [] }: JavaMain): Launch {
  const archive = install.classArchive === undefined ? [] : [`-XX:SharedArchiveFile=${install.classArchive}`];
  const classPath = install.classPath.join(delimiter);
  return { program: install.java, args: [...FLAGS, ...archive, ...flags, '-cp', classPath, mainClass, ...args] };
}
