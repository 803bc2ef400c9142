/**
 * A folder of the cache that is whole or absent: made aside, sealed with a manifest, renamed into place. Killed at any
 * moment it leaves only its working folder, which the next attempt uses or removes. One that was damaged later is never
 * used: it is removed and made again.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, toFileError } from '../../../runtime/host/files.ts';
import type { FetchContext } from './fetch-context.ts';
import { withLock } from './lock.ts';
import { damageIn, sealFolder } from './manifest.ts';

export interface Recipe {
  /** Name of the folder; every change of what goes into it changes it. */
  readonly key: string;
  /** Recipes with one lock run one after the other. */
  readonly lock: string;
  /** Fills the empty folder `stagingDir`; what it keeps in `workDir` helps another attempt. */
  readonly make: (stagingDir: string, workDir: string, context: FetchContext) => Promise<void>;
}

const STAGING = 'staging-';

export const folderOf = (recipe: Recipe, { cacheDir }: FetchContext): string => join(cacheDir, recipe.key);

/** Path of the whole folder. Costs a few milliseconds once it was made. */
export async function cachedFolder(recipe: Recipe, context: FetchContext): Promise<string> {
  context.signal.throwIfAborted();
  const folder = folderOf(recipe, context);
  if (existsSync(folder) && (await damageIn(folder)) === undefined) return folder;
  const onWait = () => context.onProgress({ step: `waiting for another fetch (${recipe.lock})` });
  try {
    await withLock(join(context.cacheDir, 'locks', recipe.lock), { signal: context.signal, onWait }, async () => {
      if (!(await isWholeNow(recipe, folder, context))) await makeAside(recipe, folder, context);
    });
  } catch (error) {
    throw toFileError(error, folder);
  }
  return folder;
}

async function isWholeNow(recipe: Recipe, folder: string, context: FetchContext): Promise<boolean> {
  if (!existsSync(folder)) return false;
  const damage = await damageIn(folder);
  if (damage === undefined) return true;
  context.onProgress({ step: `${recipe.key} in the cache is damaged: ${damage}; fetching it again` });
  return false;
}

async function makeAside(recipe: Recipe, folder: string, context: FetchContext): Promise<void> {
  const workDir = join(context.cacheDir, 'work', recipe.key);
  makeFolder(workDir);
  await removeStaging(workDir);
  const stagingDir = await mkdtemp(join(workDir, STAGING));
  try {
    await recipe.make(stagingDir, workDir, context);
    await sealFolder(stagingDir);
  } catch (error) {
    await remove(stagingDir);
    throw error;
  }
  context.signal.throwIfAborted();
  if (existsSync(folder)) await rename(folder, await mkdtemp(join(workDir, STAGING)));
  await rename(stagingDir, folder);
  await remove(workDir);
}

/** What attempts left that were killed: the lock is ours, so no live one works there. */
async function removeStaging(workDir: string): Promise<void> {
  for (const name of await readdir(workDir)) if (name.startsWith(STAGING)) await remove(join(workDir, name));
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 3 });
