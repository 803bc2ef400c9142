/** The engines that are a Java and a folder of jars, which a variable names or Maven brings. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { cachedFolder } from './cached-folder.ts';
import type { FetchContext } from './fetch-context.ts';
import type { JavaInstall } from './install.ts';
import { type JarSet, jarRecipe } from './jars.ts';
import { findJava } from './java.ts';
import { isAtLeast } from './programs.ts';

export interface JvmEngine extends JarSet {
  /** Names a folder with `libs`, and `plugins` for Connect: one of the cache, or Kafka's own download. */
  readonly variable: string;
  /** Captures the version in the name of the jar without which it is not this engine. */
  readonly mainJar: RegExp;
}

const MINIMUM_VERSION = '4.0';

export async function jvmInstall(engine: JvmEngine, context: FetchContext): Promise<JavaInstall> {
  const java = await findJava(context);
  const found = explicitFolder(engine, context) ?? (await inCache(engine, context));
  const libsDir = join(found.location, 'libs');
  return {
    ...found,
    kind: 'java',
    java: java.program,
    javaVersion: java.version,
    classPath: jarsIn(libsDir).map(name => join(libsDir, name)),
    ...(engine.pluginOf && { pluginDir: join(found.location, 'plugins') }),
  };
}

type Found = Pick<JavaInstall, 'version' | 'route' | 'location'>;

async function inCache(engine: JvmEngine, context: FetchContext): Promise<Found> {
  const recipe = jarRecipe(engine);
  return { version: recipe.version, route: 'cache', location: await cachedFolder(recipe, context) };
}

/** What the engine's variable names; throws GB_ENGINE_EXPLICIT when that is not the engine. */
export function explicitFolder(engine: JvmEngine, { env }: FetchContext): Found | undefined {
  const named = env[engine.variable];
  if (!named) return undefined;
  const location = resolve(named);
  const versions = jarsIn(join(location, 'libs')).map(name => engine.mainJar.exec(name)?.[1]);
  const version = versions.find(text => text !== undefined && isAtLeast(text, MINIMUM_VERSION));
  const isComplete = engine.pluginOf === undefined || existsSync(join(location, 'plugins'));
  if (version !== undefined && isComplete) return { version, route: 'explicit', location };
  const wanted = engine.pluginOf ? 'the folders `libs` and `plugins`' : 'the folder `libs`';
  throw new GoboolError(
    'GB_ENGINE_EXPLICIT',
    `${engine.variable} names ${location}, which lacks ${wanted} of Kafka ${MINIMUM_VERSION} or later.`,
  );
}

const jarsIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.jar'))
        .sort()
    : [];
