/**
 * The Streams app: Kafka's jars, and gobool's own Java sources, compiled on this machine into a jar that their hash
 * names, since an archive of classes fits one class path only.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import { cachedFolder, type Recipe } from './cached-folder.ts';
import { lastLines } from './client-failure.ts';
import { MAVEN } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import type { JavaInstall } from './install.ts';
import { findJava, javaCompiler } from './java.ts';
import { type JvmEngine, jvmInstall } from './jvm-engine.ts';
import { runClient } from './package-client.ts';

const SOURCE_DIR = join(ENGINE_FILES, 'streams', 'src');

export const streamsJars: JvmEngine = {
  name: 'streams',
  variable: 'GOBOOL_STREAMS',
  mainJar: /^kafka-streams-([\d.]+)\.jar$/,
  source: {
    label: 'Kafka Streams',
    client: MAVEN,
    megabytes: 75,
    instead: "let GOBOOL_STREAMS name the folder of Kafka's own download",
  },
};

export async function streamsInstall(context: FetchContext): Promise<JavaInstall> {
  const install = await jvmInstall(streamsJars, context);
  const recipe = appRecipe(install.version, install.classPath);
  const folder = await cachedFolder(recipe, context);
  return { ...install, classPath: [...install.classPath, join(folder, `${recipe.key}.jar`)].sort() };
}

/** Compiled against the class path of that version of Kafka. */
export function appRecipe(version: string, classPath: readonly string[]): Recipe {
  const sources = filesBelow(SOURCE_DIR, '.java');
  const hash = createHash('sha256').update(version);
  for (const path of sources) hash.update(`${path}\0`).update(readFileSync(join(SOURCE_DIR, path)));
  const key = `streams-app-${hash.digest('hex').slice(0, 16)}`;
  const make = async (stagingDir: string, _workDir: string, context: FetchContext) => {
    context.onProgress({ step: 'compiling the Streams app' });
    const classDir = join(stagingDir, 'classes');
    mkdirSync(classDir);
    await compile(sources, classPath, classDir, context);
    writeFileSync(join(stagingDir, `${key}.jar`), jarOf(classDir));
    await rm(classDir, { recursive: true });
  };
  return { key, lock: 'streams-app', make };
}

async function compile(
  sources: readonly string[],
  classPath: readonly string[],
  classDir: string,
  context: FetchContext,
): Promise<void> {
  const program = javaCompiler(await findJava(context));
  const options = ['--release', '17', '-encoding', 'UTF-8', '-d', classDir, '-cp', classPath.join(':')];
  const { failure, output } = await runClient({ program, args: [...options, ...sources], cwd: SOURCE_DIR }, context);
  if (failure === undefined) return;
  throw new GoboolError('GB_STREAMS_COMPILE', `The Streams app does not compile (${failure}).`, {
    problems: lastLines(output),
  });
}

function jarOf(classDir: string): Uint8Array {
  const entries = filesBelow(classDir, '.class').map(path => [path, readFileSync(join(classDir, path))]);
  return zipSync(Object.fromEntries(entries), { mtime: '1980-01-01' });
}

/** Relative paths, sorted. */
const filesBelow = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .sort();
