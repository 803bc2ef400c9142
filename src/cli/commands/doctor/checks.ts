/** What `gobool doctor` looks at, in the order of its report. */
import { mkdtempSync, rmdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../../runtime/base/format.ts';
import { listDatasets } from '../../../runtime/host/catalog/catalog-entry.ts';
import { withFileErrors } from '../../../runtime/host/files.ts';
import { catalogOf, samplesDir } from '../../../runtime/host/folders.ts';
import { listRuns } from '../../../runtime/host/store/list-runs.ts';
import { hasStore, openStore } from '../../../runtime/host/store/open-store.ts';
import { readLayers, refuseProblems } from '../../config/layers.ts';
import type { CommandContext } from '../../context.ts';
import { NODE } from '../../version.ts';
import { type Check, check } from './check.ts';

const FREE_BYTES_MIN = 50e6;
const FREE_BYTES_ENOUGH = 1e9;

export function runChecks(context: CommandContext): Promise<readonly Check[]> {
  const { projectDir } = context;
  const store = join(projectDir, '.gobool');
  return Promise.all([
    check('Node', 'Install Node 24: `npm install node@24`.', nodeOrigin),
    check(
      'esbuild',
      'Let npm install its program: `npm approve-scripts esbuild && npm rebuild esbuild`.',
      esbuildStarts,
    ),
    check('SQLite', 'Install Node 24: `npm install node@24`.', sqliteVersion),
    check('samples', 'Install gobool again: `npm install gobool`.', () => countDatasets(samplesDir())),
    check('project', `Make ${projectDir} writable for you.`, () => writableFolder(projectDir)),
    check('catalog', 'See what is wrong with `gobool data verify`.', () => countDatasets(catalogOf(projectDir))),
    check('config', 'See what is wrong with `gobool config show`.', () => configHolds(context)),
    // Who may only read the runs can list them all the same.
    check('runs', `Make ${store} writable for you, or see what is wrong with \`gobool run ls\`.`, () =>
      countRuns(projectDir),
    ),
    diskFree(projectDir),
  ]);
}

function nodeOrigin(): string {
  const origin = NODE.path.includes('node_modules') ? 'from the npm package node' : 'installed on this machine';
  return `${NODE.version}, ${origin}: ${NODE.path}`;
}

async function esbuildStarts(): Promise<string> {
  const { transform, version } = await import('esbuild');
  await transform('let started: boolean = true', { loader: 'ts' });
  return `${version} starts`;
}

async function sqliteVersion(): Promise<string> {
  const { DatabaseSync } = await import('node:sqlite');
  using database = new DatabaseSync(':memory:');
  return String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
}

function countDatasets(catalogDir: string): string {
  const listed = listDatasets(catalogDir);
  for (const { error } of listed) if (error !== undefined) throw error;
  return counted(listed.length, 'dataset');
}

async function configHolds(context: CommandContext): Promise<string> {
  const layers = await readLayers(context);
  refuseProblems(layers);
  const files = layers.filter(({ origin, settings }) => origin !== 'variable' && Object.keys(settings).length > 0);
  return files.length === 0 ? 'no settings' : files.map(({ placeOf }) => placeOf('')).join(', ');
}

async function countRuns(projectDir: string): Promise<string> {
  if (!hasStore(projectDir)) return 'none yet';
  using store = await openStore(projectDir);
  return counted((await listRuns(store, { where: [] })).length, 'run');
}

function writableFolder(folder: string): string {
  withFileErrors(folder, () => rmdirSync(mkdtempSync(join(folder, '.gobool-doctor-'))));
  return `${folder} is writable`;
}

async function diskFree(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const bytes = bavail * bsize;
  const status = bytes < FREE_BYTES_MIN ? 'blocker' : bytes < FREE_BYTES_ENOUGH ? 'warning' : 'ok';
  const hint = { hint: 'Free some space; `gobool run rm` removes old runs.' };
  return { name: 'disk', status, message: `${(bytes / 1e9).toFixed(1)} GB free`, ...(status !== 'ok' && hint) };
}
