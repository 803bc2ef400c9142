/** Where datasets and caches live. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert } from '../base/assert.ts';

/** The catalog of a project. */
export function catalogOf(projectDir: string): string {
  return join(projectDir, '.gobool', 'data');
}

/** Where a project keeps what can be made again; it need not exist. */
export function cacheOf(projectDir: string): string {
  return join(projectDir, '.gobool', 'cache');
}

let samples: string | undefined;

/** The catalog that gobool ships: the folder `samples` beside the sources or the build, whichever runs. */
export function samplesDir(): string {
  samples ??= findSamples(import.meta.dirname);
  return samples;
}

function findSamples(folder: string): string {
  const candidate = join(folder, 'samples');
  if (existsSync(join(candidate, 'SOURCES.md'))) return candidate;
  assert(dirname(folder) !== folder, 'the package ships its samples');
  return findSamples(dirname(folder));
}
