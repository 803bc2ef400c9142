/**
 * The jars of a JVM engine, through Maven: `engines/<name>/pom.xml` says what is wanted, `jars.lock` what that is, jar
 * by jar. Maven keeps its repository in our cache, so nothing of the user's changes, and what was downloaded stays. The
 * engines share its files by hard links.
 */
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { assert } from '../../../runtime/base/assert.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import type { Recipe } from './cached-folder.ts';
import { callClient, type FetchSource, requireClient } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import { type HashedFile, hashFile, parseHashLines } from './hash-lines.ts';
import { findJava } from './java.ts';

const GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:resolve';

export interface JarSet {
  readonly name: 'kafka' | 'connect' | 'streams';
  readonly source: FetchSource;
  /** The plugin that a jar belongs to; undefined for one of the class path. */
  readonly pluginOf?: (path: string) => string | undefined;
  /** Adds what no registry has. */
  readonly finish?: (folder: string) => void;
}

export interface JarRecipe extends Recipe {
  /** Of Kafka, which all three are parts of. */
  readonly version: string;
}

/** A folder with the class path in `libs` and plugins in `plugins/<name>`. */
export function jarRecipe(set: JarSet): JarRecipe {
  const text = readFileSync(join(ENGINE_FILES, set.name, 'jars.lock'), 'utf8');
  const jars = parseHashLines(text);
  const version = /\/kafka-clients\/([\d.]+)\//.exec(text)?.[1];
  assert(jars !== undefined && version !== undefined, `the lock table of ${set.name} lists Kafka's jars`);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return {
    key: `${set.name}-${version}-${digest}`,
    lock: 'maven',
    version,
    make: async (stagingDir, _workDir, context) => {
      const repository = join(context.cacheDir, 'maven');
      await fillRepository(set, jars, repository, context);
      for (const { path } of jars) {
        const plugin = set.pluginOf?.(path);
        const folder = plugin === undefined ? join(stagingDir, 'libs') : join(stagingDir, 'plugins', plugin);
        mkdirSync(folder, { recursive: true });
        linkSync(join(repository, path), join(folder, basename(path)));
      }
      set.finish?.(stagingDir);
    },
  };
}

async function fillRepository(
  set: JarSet,
  jars: readonly HashedFile[],
  repository: string,
  context: FetchContext,
): Promise<void> {
  const missing = await missingJars(jars, repository);
  if (missing.length === 0) return;
  await resolveJars(set, repository, progressOf(jars.length, missing, context), context);
  const [wrong] = await missingJars(jars, repository);
  if (wrong === undefined) return;
  throw new GoboolError('GB_FETCH_CORRUPT', `${basename(wrong.path)} was downloaded with another hash than expected.`);
}

/** Removes what is there and is not what it should be: Maven trusts what lies in its repository. */
async function missingJars(jars: readonly HashedFile[], repository: string): Promise<readonly HashedFile[]> {
  const missing: HashedFile[] = [];
  for (const jar of jars) {
    const file = join(repository, jar.path);
    if (await isWhole(file, jar)) continue;
    await rm(file, { force: true });
    missing.push(jar);
  }
  return missing;
}

const isWhole = async (file: string, { bytes, sha256 }: HashedFile): Promise<boolean> =>
  existsSync(file) && statSync(file).size === bytes && (await hashFile(file)).toString('hex') === sha256;

async function resolveJars(
  { name, source }: JarSet,
  repository: string,
  onLine: (line: string) => void,
  context: FetchContext,
): Promise<void> {
  const { home } = await findJava(context);
  const mavenContext = withJavaHome(home, context);
  const program = await requireClient(source, mavenContext);
  const pom = join(ENGINE_FILES, name, 'pom.xml');
  // -C refuses what does not fit its own checksum, -U forgets that an earlier download failed.
  const options = ['-B', '-C', '-U', '-f', pom, `-Dmaven.repo.local=${repository}`, '-DincludeScope=runtime'];
  await callClient(source, { program, args: [...options, GOAL], cwd: context.cacheDir, onLine }, mavenContext);
}

/** Maven does not start with a JAVA_HOME that is wrong, nor without any where java is not on PATH. */
export const withJavaHome = (home: string, context: FetchContext): FetchContext => ({
  ...context,
  env: { ...context.env, JAVA_HOME: home },
});

/** Reads Maven's lines; its own plugins come the same way and do not count. */
function progressOf(count: number, missing: readonly HashedFile[], context: FetchContext): (line: string) => void {
  const awaited = new Map(missing.map(({ path, bytes }) => [basename(path), bytes]));
  const bytesTotal = missing.reduce((sum, jar) => sum + jar.bytes, 0);
  let bytes = 0;
  const report = () =>
    context.onProgress({ step: `downloading ${count - awaited.size} of ${count} jars`, bytes, bytesTotal });
  report();
  return line => {
    const jar = /Downloaded from .*\/([^/]+\.jar) \(/.exec(line)?.[1] ?? '';
    bytes += awaited.get(jar) ?? 0;
    if (awaited.delete(jar)) report();
  };
}
