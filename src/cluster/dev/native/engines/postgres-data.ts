/**
 * Makes PostgreSQL's data folder. initdb takes a second and leaves rubbish where it is killed, so it works in a folder
 * beside the real one, which gets its name only when it is complete.
 */
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Identity } from './as-ordinary-user.ts';
import { endProcesses } from './postgres-leftovers.ts';

const BUILDING = '.postgres-building-';

export interface NewData {
  readonly dataDir: string;
  /** Absolute path of `initdb`. */
  readonly initdb: string;
  /** Of the superuser `gobool`. */
  readonly password: string;
  readonly identity: Identity;
}

/** Does nothing where the folder exists. Throws `GB_POSTGRES_INITDB` with what initdb said. */
export async function makePostgresData(data: NewData, signal: AbortSignal): Promise<void> {
  const parent = dirname(data.dataDir);
  await mkdir(parent, { recursive: true });
  await removeUnfinished(parent);
  if (await exists(data.dataDir)) return;
  const building = await mkdtemp(join(parent, BUILDING));
  try {
    await runInitdb(data, building, signal);
    await rename(join(building, 'data'), data.dataDir);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function runInitdb({ initdb, password, identity }: NewData, building: string, signal: AbortSignal) {
  const passwordFile = join(building, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity.owner !== undefined) {
    for (const path of [building, passwordFile]) await chown(path, identity.owner, identity.owner);
  }
  const data = ['-D', join(building, 'data'), '--no-sync', '-E', 'UTF8', '--locale=C'];
  const user = ['-U', 'gobool', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const [program = '', ...args] = [...identity.prefix, initdb, ...data, ...user];
  const result = await execa(program, args, { cwd: building, all: true, reject: false, cancelSignal: signal });
  signal.throwIfAborted();
  if (result.failed) throw initdbError(result.all || (result.shortMessage ?? ''), result.cause);
}

const initdbError = (output: string, cause: unknown) =>
  new GoboolError('GB_POSTGRES_INITDB', 'initdb failed.', { problems: output.trim().split('\n').slice(-5), cause });

/** What an interrupted run left, and its initdb, if that outlived its parent. */
async function removeUnfinished(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter(name => name.startsWith(BUILDING));
  for (const dir of names.map(name => join(parent, name))) {
    await endProcesses(dir);
    await rm(dir, { recursive: true, force: true });
  }
}

/** Throws `GB_POSTGRES_VERSION` where the data were made by another major version than this, `18.4`. */
export async function checkDataVersion(dataDir: string, version: string): Promise<void> {
  const [have] = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim().split('.');
  const [want] = version.split('.');
  if (have === want) return;
  throw new GoboolError('GB_POSTGRES_VERSION', `The data belong to PostgreSQL ${have}, and this is ${version}.`);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
