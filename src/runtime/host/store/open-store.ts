/**
 * The store of a project's runs, `.gobool/`: a folder per run in `runs/`, and `index.sqlite` with what lists and the
 * ledger need. Invariant: a row of `runs` always has its folder; a folder without a row is a run whose process died in
 * between, and `adopt-runs.ts` takes it in. So the index can be made again from the folders, except for trials whose
 * runs were removed. Limitation: files are not flushed one by one, so a power cut may cost the last runs, each whole.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { GoboolError } from '../../base/error.ts';
import { makeFolder } from '../files.ts';
import { MIGRATIONS } from './migrations.ts';
import { withSqliteErrors } from './sqlite-error.ts';

/** How long a process waits for another one's write. */
const BUSY_TIMEOUT_MS = 10_000;

export interface RunStore extends Disposable {
  readonly indexPath: string;
  readonly runsDir: string;
  readonly index: DatabaseSync;
  /** Somebody else's, say: the index stays as it is, also where it lacks runs whose folders are there. */
  readonly isReadOnly?: boolean;
}

/** Whether the project has a store; commands that only read do not make one. */
export function hasStore(projectDir: string): boolean {
  return existsSync(join(projectDir, '.gobool', 'runs'));
}

/**
 * Opens the project's store and makes it where it is missing.
 * Throws GB_STORE_NEWER, GB_STORE_BUSY, GB_STORE_BROKEN, GB_DISK_FULL, GB_PERMISSION.
 */
export async function openStore(projectDir: string, migrations = MIGRATIONS): Promise<RunStore> {
  const { DatabaseSync } = await import('node:sqlite');
  const { indexPath, runsDir } = pathsOf(projectDir);
  makeFolder(runsDir);
  const index = withSqliteErrors(indexPath, () => new DatabaseSync(indexPath, { timeout: BUSY_TIMEOUT_MS }));
  const store = { indexPath, runsDir, index, [Symbol.dispose]: () => index.close() };
  try {
    withSqliteErrors(indexPath, () => prepare(index, indexPath, migrations));
  } catch (error) {
    index.close();
    throw error;
  }
  return store;
}

/**
 * Opens the store that the project has for commands that only read. Where it may not be written it is read as it is.
 * Throws what `openStore` throws.
 */
export async function openStoreToRead(projectDir: string): Promise<RunStore> {
  try {
    return await openStore(projectDir);
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_PERMISSION') return await openReadOnly(projectDir);
    throw error;
  }
}

/**
 * Reads the store where nothing may be written. An index that is missing, or of an earlier version, cannot be brought
 * up to date there: one is made in memory instead, and the runs are taken in from their folders.
 */
async function openReadOnly(projectDir: string): Promise<RunStore> {
  const { DatabaseSync } = await import('node:sqlite');
  const { indexPath, runsDir } = pathsOf(projectDir);
  const onDisk = existsSync(indexPath) ? await openImmutable(indexPath) : undefined;
  const isCurrent = onDisk !== undefined && versionOf(onDisk) === MIGRATIONS.length;
  if (isCurrent) return { indexPath, runsDir, index: onDisk, isReadOnly: true, [Symbol.dispose]: () => onDisk.close() };
  onDisk?.close();
  const index = new DatabaseSync(':memory:');
  withSqliteErrors(indexPath, () => prepare(index, indexPath, MIGRATIONS));
  return { indexPath, runsDir, index, [Symbol.dispose]: () => index.close() };
}

/** Without a log beside it nobody writes the index, and SQLite needs to make no file to read it: it is `immutable`. */
async function openImmutable(indexPath: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite');
  const url = pathToFileURL(indexPath);
  if (!existsSync(`${indexPath}-wal`)) url.searchParams.set('immutable', '1');
  const index = withSqliteErrors(indexPath, () => new DatabaseSync(url, { readOnly: true }));
  try {
    withSqliteErrors(indexPath, () => refuseNewer(versionOf(index), indexPath, MIGRATIONS));
  } catch (error) {
    index.close();
    throw error;
  }
  return index;
}

function pathsOf(projectDir: string): Pick<RunStore, 'indexPath' | 'runsDir'> {
  const folder = join(projectDir, '.gobool');
  return { indexPath: join(folder, 'index.sqlite'), runsDir: join(folder, 'runs') };
}

/** Runs `work` as one write: all of it, or nothing. */
export function inTransaction<T>({ index, indexPath }: Pick<RunStore, 'index' | 'indexPath'>, work: () => T): T {
  return withSqliteErrors(indexPath, () => {
    index.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      index.exec('COMMIT');
      return result;
    } catch (error) {
      if (index.isTransaction) index.exec('ROLLBACK');
      throw error;
    }
  });
}

function prepare(index: DatabaseSync, indexPath: string, migrations: readonly string[]): void {
  if (versionOf(index) !== migrations.length)
    inTransaction({ index, indexPath }, () => migrate(index, indexPath, migrations));
  index.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}

function migrate(index: DatabaseSync, indexPath: string, migrations: readonly string[]): void {
  const version = versionOf(index);
  refuseNewer(version, indexPath, migrations);
  for (const step of migrations.slice(version)) index.exec(step);
  index.exec(`PRAGMA user_version = ${migrations.length}`);
}

function refuseNewer(version: number, indexPath: string, migrations: readonly string[]): void {
  if (version <= migrations.length) return;
  const versions = `version ${version}, and this gobool knows version ${migrations.length}`;
  throw new GoboolError('GB_STORE_NEWER', `${indexPath} has ${versions}.`);
}

function versionOf(index: DatabaseSync): number {
  return Number(index.prepare('PRAGMA user_version').get()?.user_version);
}
