/**
 * Class data archives: what a JVM read, parsed and linked at one start, mapped into memory at every later one. A broker
 * is ready after 1.2 s instead of 2.4. An archive fits one Java and one list of jars, so both stand in the name of its
 * folder.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../../runtime/base/assert.ts';
import type { ComponentName } from '../component.ts';
import { COMPONENTS } from '../components.ts';
import { cachedFolder, type Recipe } from '../fetch/cached-folder.ts';
import type { FetchContext } from '../fetch/fetch-context.ts';
import { fetchEngine } from '../fetch/fetch-engine.ts';
import type { Install, JavaInstall } from '../fetch/install.ts';
import { type TrainingPart, train } from './class-archive-training.ts';
import { NATIVE_ENGINES } from './engines.ts';

const ARCHIVE = 'classes.jsa';

/**
 * The install with its archive, which is made by a short run on scratch data where it is missing. When that fails the
 * engine starts without, more slowly, and `onProgress` says so. Only the signal's reason is thrown.
 */
export async function withClassArchive(name: ComponentName, install: Install, context: FetchContext): Promise<Install> {
  if (install.kind !== 'java') return install;
  try {
    const recipe = { key: keyOf(name, install), lock: `class-archive-${name}`, make: trainingOf(name, install) };
    return { ...install, classArchive: join(await cachedFolder(recipe, context), ARCHIVE) };
  } catch (error) {
    context.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    context.onProgress({ step: `${name} will start more slowly, without a class archive: ${reason}` });
    return install;
  }
}

/** Connect and Streams do nothing without a broker. */
const trainingOf =
  (name: ComponentName, install: JavaInstall): Recipe['make'] =>
  async (stagingDir, workDir, context) => {
    context.onProgress({ step: 'preparing quick starts' });
    const broker = name === 'kafka' ? [] : [partOf('kafka', await fetchEngine('kafka', context))];
    const parts = [...broker, partOf(name, install)];
    await train(parts, join(stagingDir, ARCHIVE), join(workDir, 'scratch'), context.signal);
  };

function partOf(name: ComponentName, install: Install): TrainingPart {
  const component = COMPONENTS.find(candidate => candidate.name === name);
  assert(component !== undefined, 'every engine is a component');
  return { engine: NATIVE_ENGINES[name], component, install };
}

function keyOf(name: ComponentName, { java, javaVersion, classPath }: JavaInstall): string {
  const jars = classPath.map(path => [path, statSync(path).size, statSync(path).mtimeMs]);
  const hash = createHash('sha256')
    .update(JSON.stringify([java, jars]))
    .digest('hex')
    .slice(0, 16);
  return `class-archive-${name}-${javaVersion}-${hash}`;
}
