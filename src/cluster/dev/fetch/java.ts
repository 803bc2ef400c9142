/** The Java that runs Kafka, Connect and Streams. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { FetchContext } from './fetch-context.ts';
import { isAtLeast, isProgram, onPath, versionOf } from './programs.ts';

const MINIMUM = '17';

export interface Java {
  /** Real path of `java`. */
  readonly program: string;
  /** Its `JAVA_HOME`. */
  readonly home: string;
  /** `17.0.15` */
  readonly version: string;
}

/**
 * GOBOOL_JAVA, a program or a home, and nothing else where it is set; else JAVA_HOME; else PATH: the first that is new
 * enough.
 */
export async function findJava(context: FetchContext): Promise<Java> {
  const tooOld: string[] = [];
  for (const program of candidates(context)) {
    const version = await versionOf(program, ['-version'], /version "(\d+(?:\.\d+)*)/, context);
    if (version !== undefined && isAtLeast(version, MINIMUM)) {
      return { program, home: dirname(dirname(program)), version };
    }
    if (version !== undefined) tooOld.push(`${program} is ${version}`);
  }
  if (tooOld.length === 0) throw new GoboolError('GB_JAVA_MISSING', 'There is no Java on this machine.');
  throw new GoboolError('GB_JAVA_TOO_OLD', `Java ${MINIMUM} or later is needed; ${tooOld.join(', ')}.`);
}

/** Throws GB_JAVA_NO_COMPILER for a JRE. */
export function javaCompiler(java: Java): string {
  const program = join(java.home, 'bin', 'javac');
  if (isProgram(program)) return program;
  throw new GoboolError('GB_JAVA_NO_COMPILER', `The Java ${java.version} in ${java.home} has no javac.`);
}

function candidates(context: FetchContext): readonly string[] {
  const { GOBOOL_JAVA: explicit, JAVA_HOME: home } = context.env;
  if (explicit) return [explicitJava(explicit)];
  const ofHome = home ? [join(home, 'bin', 'java')].filter(isProgram).map(path => realpathSync(path)) : [];
  return [...ofHome, ...onPath('java', context)];
}

function explicitJava(path: string): string {
  const program = [path, join(path, 'bin', 'java')].find(isProgram);
  if (program !== undefined) return realpathSync(program);
  throw new GoboolError('GB_ENGINE_EXPLICIT', `GOBOOL_JAVA names ${path}, which is neither java nor a Java home.`);
}
