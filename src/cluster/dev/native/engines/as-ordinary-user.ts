/**
 * initdb and postgres refuse to run as root. For root they get another identity, in the first of two ways that works:
 * a user namespace, in which root is called `nobody`; or the user `nobody` that keeps the one capability by which it
 * reaches folders that belong to root. Neither changes an owner or a mode of what exists.
 * The uid is that of `nobody`, since initdb wants one that has a name.
 */
import { spawnSync } from 'node:child_process';
import { GoboolError } from '../../../../runtime/base/error.ts';

const NOBODY = 65_534;

export interface Identity {
  /** What stands before the program and its arguments on the command line. */
  readonly prefix: readonly string[];
  /** Who must own the data folder, as the host sees it; absent: whoever makes it. */
  readonly owner?: number;
}

export const IN_NAMESPACE: Identity = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
};

export const AS_NOBODY: Identity = {
  prefix: [
    'setpriv',
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ],
  owner: NOBODY,
};

const works = ({ prefix: [program = '', ...args] }: Identity) =>
  spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0;

/** The first that this machine allows; throws `GB_POSTGRES_ROOT`. */
export function firstAllowed(identities: readonly Identity[]): Identity {
  const identity = identities.find(works);
  if (identity) return identity;
  throw new GoboolError('GB_POSTGRES_ROOT', 'PostgreSQL does not run as root, and this machine allows no other way.');
}

let known: Identity | undefined;

/** How this process runs what refuses root. */
export function ordinaryUser(): Identity {
  known ??= process.getuid?.() === 0 ? firstAllowed([IN_NAMESPACE, AS_NOBODY]) : { prefix: [] };
  return known;
}
