/** What `gobool cluster doctor` says about this machine: every engine's way onto it, and what they run on. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ENGINE_NAMES } from '../component.ts';
import { findDocker } from '../docker/find-docker.ts';
import { IN_NAMESPACE, ordinaryUser } from '../native/engines/as-ordinary-user.ts';
import { ENGINE_CHECKS } from './engine-check.ts';
import type { FetchContext } from './fetch-context.ts';
import { findJava } from './java.ts';
import { type Finding, type MachineCheck, machineCheck } from './machine-check.ts';

/** All engines take 500 MB fetched; their data starts with as much. */
const DISK_BYTES = { least: 1e9, enough: 4e9 };
/** All engines take 550 MB at rest, 720 MB under load. */
const MEMORY_BYTES = { least: 0.8e9, enough: 1.5e9 };

export function checkMachine(context: FetchContext): Promise<readonly MachineCheck[]> {
  return Promise.all([
    machineCheck('java', () => java(context)),
    ...ENGINE_NAMES.map(name => machineCheck(name, () => ENGINE_CHECKS[name](context))),
    machineCheck('user', postgresUser),
    machineCheck('memory', memory),
    machineCheck('disk', () => disk(context)),
    machineCheck('docker', () => docker(context)),
  ]);
}

async function java(context: FetchContext): Promise<Finding> {
  const { version, program } = await findJava(context);
  return { message: `${version}: ${program}` };
}

/** PostgreSQL refuses root. */
function postgresUser(): Finding {
  if (process.getuid?.() !== 0) return { message: 'an ordinary user' };
  const way = ordinaryUser() === IN_NAMESPACE ? 'in a user namespace' : 'as the user nobody';
  return { message: `root; PostgreSQL runs ${way}` };
}

const memory = (): Finding =>
  amount('free for the engines', process.availableMemory(), MEMORY_BYTES, 'Close other programs, or take `--only`.');

async function disk({ cacheDir }: FetchContext): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestFolder(cacheDir));
  return amount(`free for ${cacheDir}`, bavail * bsize, DISK_BYTES, 'Free some space, or move XDG_CACHE_HOME.');
}

function amount(what: string, bytes: number, { least, enough }: typeof DISK_BYTES, hint: string): Finding {
  const message = `${(bytes / 1e9).toFixed(1)} GB ${what}`;
  return bytes >= enough ? { message } : { message, status: bytes < least ? 'blocker' : 'warning', hint };
}

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

/** The native driver does without. */
async function docker({ env }: FetchContext): Promise<Finding> {
  const found = await findDocker(env).catch(() => undefined);
  if (found === undefined) return { message: 'not usable; the native driver needs none' };
  return { message: `${found.engineVersion}, Compose ${found.composeVersion}; for \`--driver docker\`` };
}
