/** The three engines that are one program: etcd, mongod, postgres. Explicit path, PATH, cache, fetch. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ComponentName } from '../component.ts';
import { cachedFolder, type Recipe } from './cached-folder.ts';
import type { FetchSource } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import type { ProgramInstall } from './install.ts';
import { isAtLeast, isProgram, onPath, versionOf } from './programs.ts';

export interface ProgramEngine {
  readonly name: ComponentName;
  readonly program: string;
  /** Programs that lie beside it. */
  readonly helpers: readonly string[];
  /** The environment variable that names it, or a folder with it. */
  readonly variable: string;
  readonly minimumVersion: string;
  readonly source: FetchSource;
  /** Captures the version in what `program --version` prints. */
  readonly versionPattern: RegExp;
  /** Programs that PATH misses, where systems put them. */
  readonly elsewhere: () => readonly string[];
  /** What is fetched where the machine has none; throws GB_ENGINE_PLATFORM. */
  readonly recipe: () => ProgramRecipe;
}

export interface ProgramRecipe extends Recipe {
  readonly version: string;
  /** Path of the program in the folder. */
  readonly programPath: string;
}

export async function programInstall(engine: ProgramEngine, context: FetchContext): Promise<ProgramInstall> {
  const found = await findProgram(engine, context);
  if (found !== undefined) return found;
  const recipe = engine.recipe();
  const program = join(await cachedFolder(recipe, context), recipe.programPath);
  return { kind: 'program', program, location: program, version: recipe.version, route: 'cache' };
}

/** Without the cache: what a variable or PATH says. Undefined when PATH has none that is new enough. */
export async function findProgram(engine: ProgramEngine, context: FetchContext): Promise<ProgramInstall | undefined> {
  const explicit = context.env[engine.variable];
  if (explicit) return await explicitProgram(engine, explicit, context);
  for (const program of [...onPath(engine.program, context), ...engine.elsewhere()]) {
    const version = await usableVersion(engine, program, context);
    if (version !== undefined) return { kind: 'program', program, location: program, version, route: 'path' };
  }
  return undefined;
}

async function explicitProgram(engine: ProgramEngine, path: string, context: FetchContext): Promise<ProgramInstall> {
  const named = [path, join(path, engine.program), join(path, 'bin', engine.program)].find(isProgram);
  const program = named === undefined ? undefined : realpathSync(named);
  const version = program === undefined ? undefined : await usableVersion(engine, program, context);
  if (program !== undefined && version !== undefined) {
    return { kind: 'program', program, location: program, version, route: 'explicit' };
  }
  const wanted = [engine.program, ...engine.helpers].join(' and ');
  throw new GoboolError(
    'GB_ENGINE_EXPLICIT',
    `${engine.variable} names ${path}, which is not ${wanted}, version ${engine.minimumVersion} or later.`,
  );
}

/** Undefined when it is too old, does not start, or lacks its helpers. */
async function usableVersion(engine: ProgramEngine, program: string, context: FetchContext) {
  if (!engine.helpers.every(helper => isProgram(join(dirname(program), helper)))) return undefined;
  const version = await versionOf(program, ['--version'], engine.versionPattern, context);
  return version !== undefined && isAtLeast(version, engine.minimumVersion) ? version : undefined;
}
