/**
 * What this machine has for sandboxes: programs, Node's own file and the libraries that it loads. As root, a sandbox
 * belongs to the user `nobody`; where that user cannot reach Node's file, because it lies in somebody's home, a copy is
 * made once in a folder that only root can write.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { GoboolError } from '../../runtime/base/error.ts';

export interface HostFacts {
  readonly isRoot: boolean;
  /** Node's file, where the sandbox's user can reach it. */
  readonly node: string;
  /** Absolute paths of the libraries that Node loads, and of their loader. */
  readonly libraries: readonly string[];
  readonly bubblewrap: string;
  /** Of util-linux: to become another user, to stay on one processor. */
  readonly setpriv: string;
  readonly taskset: string;
}

const COPIES = '/var/cache/gobool/node';

let known: HostFacts | undefined;

/** Throws `GB_SANDBOX_UNAVAILABLE`. */
export function hostFacts(): HostFacts {
  known ??= findHostFacts();
  return known;
}

function findHostFacts(): HostFacts {
  const isRoot = process.getuid?.() === 0;
  return {
    isRoot,
    node: isRoot ? reachableNode(process.execPath) : process.execPath,
    libraries: librariesOf(process.execPath),
    bubblewrap: findProgram('bwrap', 'apt install bubblewrap'),
    setpriv: findProgram('setpriv', 'apt install util-linux'),
    taskset: findProgram('taskset', 'apt install util-linux'),
  };
}

export function findProgram(name: string, remedy: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin'];
  const found = folders.map(folder => join(folder, name)).find(isExecutable);
  if (found !== undefined) return found;
  throw unavailable(`There is no ${name}.`, `Install it: \`${remedy}\`.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export function unavailable(message: string, hint?: string): GoboolError {
  return new GoboolError('GB_SANDBOX_UNAVAILABLE', message, hint === undefined ? {} : { hint });
}

/** The loader's own list: `name => /path (address)` and the path of the loader itself. */
function librariesOf(program: string): readonly string[] {
  const list = execFileSync('ldd', [program], { encoding: 'utf8' });
  return [...list.matchAll(/(?:^\s*|=> )(\/\S+) \(/gm)].map(([, path]) => path ?? '');
}

function reachableNode(path: string): string {
  return isReachable(path) ? path : copyOf(path);
}

/** By everybody: each folder on the way lets others pass. */
export function isReachable(path: string): boolean {
  const isPassable = (statSync(path).mode & 0o001) !== 0;
  return isPassable && (path === '/' || isReachable(dirname(path)));
}

function copyOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  const name = createHash('sha256').update(`${path} ${size} ${mtimeMs}`).digest('hex').slice(0, 16);
  const copy = join(COPIES, name);
  if (existsSync(copy)) return copy;
  mkdirSync(COPIES, { recursive: true });
  for (const folder of [dirname(COPIES), COPIES]) chmodSync(folder, 0o755);
  const unfinished = `${copy}.${process.pid}`;
  copyFileSync(path, unfinished, constants.COPYFILE_FICLONE);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, copy);
  return copy;
}
