/**
 * Bundles of earlier calls, so that what is unchanged skips esbuild. One file per strategy or configuration: a
 * checksum, then the bundle with the fingerprints of all that it was made from. A cache that is unreadable, corrupt or
 * out of date is no cache; one that cannot be written is none either.
 * Limitation: a file that is saved while it is being bundled is not cached, because nobody knows which text esbuild
 * saw.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What can be kept: plain data that says of which files it was made, as absolute paths. */
interface Built {
  readonly inputs: readonly string[];
}

/** What a path held: SHA-256 of a file, time of the last change of a folder, or that there was nothing. */
type Fingerprints = Readonly<Record<string, string>>;

export interface CachePlace {
  readonly folder: string;
  /** Tells the bundles of one folder apart: their entry file, and what decides beside the fingerprinted files. */
  readonly name: string;
  /** Bounds the folders in which a new file could change what an import means. */
  readonly top: string;
}

/** The bundle that is kept here, if all that it was made from is as it was; else a new one, which is kept. */
export async function cachedBundle<T extends Built>(place: CachePlace, build: Build<T>): Promise<T> {
  return readBundle<T>(place) ?? (await keepBundle(place, build));
}

type Build<T> = () => Promise<{ bundle: T; runtimeInputs: readonly string[] }>;

function readBundle<T extends Built>(place: CachePlace): T | undefined {
  try {
    const text = readFileSync(cacheFile(place), 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (sha256(body) !== text.slice(0, end)) return undefined;
    const { bundle, fingerprints } = JSON.parse(body) as { bundle: T; fingerprints: Fingerprints };
    return Object.entries(fingerprints).every(([path, known]) => fingerprint(path) === known) ? bundle : undefined;
  } catch {
    return undefined;
  }
}

async function keepBundle<T extends Built>(place: CachePlace, build: Build<T>): Promise<T> {
  const startedAtMs = Date.now();
  const { bundle, runtimeInputs } = await build();
  try {
    mkdirSync(place.folder, { recursive: true });
    if (bundle.inputs.some(path => statSync(path).mtimeMs >= startedAtMs)) return bundle;
    const paths = [...bundle.inputs, ...runtimeInputs, ...resolutionPaths(bundle.inputs, place.top)];
    const fingerprints = Object.fromEntries(paths.map(path => [path, fingerprint(path)]));
    const body = JSON.stringify({ bundle, fingerprints });
    const file = cacheFile(place);
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, `${sha256(body)}\n${body}`);
    renameSync(temporary, file);
  } catch {
    /* The bundle is good without a cache. */
  }
  return bundle;
}

function cacheFile({ folder, name }: CachePlace): string {
  return join(folder, `${sha256(name).slice(0, 32)}.bundle`);
}

/** Folders and package.json files between the inputs and the top: where a change can lead an import elsewhere. */
function resolutionPaths(inputs: readonly string[], top: string): Set<string> {
  const paths = new Set<string>();
  for (const input of inputs) {
    for (let folder = dirname(input); !paths.has(folder); folder = dirname(folder)) {
      paths.add(folder).add(join(folder, 'package.json'));
      if (folder === top || !folder.startsWith(top)) break;
    }
  }
  return paths;
}

function fingerprint(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'absent';
  return stats.isDirectory() ? `changed at ${stats.mtimeMs}` : sha256(readFileSync(path));
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
