/** PostgreSQL out of an npm package, one for each platform; `engines/postgres/packages.lock` pins them. */
import { existsSync, linkSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../../runtime/base/assert.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import { callClient, type FetchSource, NPM, requireClient } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import { hashFile } from './hash-lines.ts';
import type { ProgramEngine, ProgramRecipe } from './program-engine.ts';
import { isProgram } from './programs.ts';
import { startOnce } from './start-once.ts';

const SOURCE: FetchSource = {
  label: 'PostgreSQL',
  client: NPM,
  megabytes: 24,
  instead: 'install PostgreSQL 14 or later itself (`apt install postgresql`)',
};
/** Debian and Ubuntu keep the server's programs off PATH. */
const DEBIAN_DIR = '/usr/lib/postgresql';

export const postgresEngine: ProgramEngine = {
  name: 'postgres',
  program: 'postgres',
  helpers: ['initdb'],
  variable: 'GOBOOL_POSTGRES',
  minimumVersion: '14',
  source: SOURCE,
  versionPattern: /PostgreSQL\) (\d+(?:\.\d+)*)/,
  elsewhere: debianPrograms,
  recipe: postgresRecipe,
};

/** Newest first. */
function debianPrograms(): readonly string[] {
  if (!existsSync(DEBIAN_DIR)) return [];
  return readdirSync(DEBIAN_DIR)
    .sort((a, b) => Number(b) - Number(a))
    .map(version => join(DEBIAN_DIR, version, 'bin', 'postgres'))
    .filter(isProgram);
}

function postgresRecipe(): ProgramRecipe {
  const platform = `${process.platform}-${process.arch}`;
  const lock = readFileSync(join(ENGINE_FILES, 'postgres', 'packages.lock'), 'utf8');
  const [, integrity, id, version] = new RegExp(`^(sha512-\\S+) {2}(@\\S+/${platform}@(\\S+))$`, 'm').exec(lock) ?? [];
  if (!integrity || !id || !version) {
    throw new GoboolError('GB_ENGINE_PLATFORM', `PostgreSQL cannot be fetched for ${platform}.`);
  }
  return {
    key: `postgres-${version}-${platform}`,
    lock: 'postgres',
    version,
    programPath: 'bin/postgres',
    make: (stagingDir, workDir, context) => fetchPostgres({ id, integrity }, stagingDir, workDir, context),
  };
}

interface Pin {
  readonly id: string;
  readonly integrity: string;
}

async function fetchPostgres(pin: Pin, stagingDir: string, workDir: string, context: FetchContext): Promise<void> {
  const archive = await fetchArchive(pin, workDir, context);
  context.onProgress({ step: 'unpacking PostgreSQL' });
  const unpack = ['-xzf', archive, '-C', stagingDir, '--strip-components=2', 'package/native'];
  await callClient(SOURCE, { program: 'tar', args: unpack, cwd: workDir }, context);
  restoreLinks(stagingDir);
  await startOnce(join(stagingDir, 'bin', 'postgres'), 'PostgreSQL', context);
}

async function fetchArchive({ id, integrity }: Pin, workDir: string, context: FetchContext): Promise<string> {
  const npm = await requireClient(SOURCE, context);
  context.onProgress({ step: `downloading PostgreSQL, ${SOURCE.megabytes} MB`, bytesTotal: SOURCE.megabytes * 1e6 });
  const places = ['--cache', join(workDir, 'npm'), '--pack-destination', workDir];
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
  const args = ['pack', id, '--ignore-scripts', ...places, ...patience];
  await callClient(SOURCE, { program: npm, args, cwd: workDir, env: { TMPDIR: workDir } }, context);
  const name = (await readdir(workDir)).find(entry => entry.endsWith('.tgz'));
  assert(name !== undefined, 'npm pack makes an archive');
  const archive = join(workDir, name);
  const hash = `sha512-${(await hashFile(archive, 'sha512')).toString('base64')}`;
  if (hash === integrity) return archive;
  await rm(archive);
  throw new GoboolError('GB_FETCH_CORRUPT', `${id} has another hash than gobool expects.`);
}

/** npm packages hold no symbolic links, but this one a list of them. To a manifest hard links are plain files. */
function restoreLinks(folder: string): void {
  const inFolder = (path: string) => join(folder, path.replace(/^native\//, ''));
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(inFolder('pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) linkSync(inFolder(source), inFolder(target));
}
