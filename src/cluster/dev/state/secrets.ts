/** `secrets.json`, mode 0600: the passwords of a cluster, made once. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import type { Secrets } from '../cluster-facts.ts';
import { readText } from './cluster-record.ts';

const fileOf = (dir: string) => join(dir, 'secrets.json');

/** 32 characters of base64url. */
const makeSecret = () => randomBytes(24).toString('base64url');

export const makeSecrets = (): Secrets => ({
  postgres: makeSecret(),
  mongodbAdmin: makeSecret(),
  mongodbApp: makeSecret(),
  mongodbConnect: makeSecret(),
  mongodbKey: makeSecret(),
});

export function writeSecrets(dir: string, secrets: Secrets): void {
  writeFileAtomic(fileOf(dir), [Buffer.from(`${JSON.stringify(secrets, null, 2)}\n`)], 0o600);
}

/**
 * Undefined where there are none. Throws `GB_CLUSTER_BROKEN` where the file is damaged: data was made with what it
 * held.
 */
export function readSecrets(dir: string): Secrets | undefined {
  const text = readText(fileOf(dir));
  if (text === undefined) return;
  try {
    return JSON.parse(text);
  } catch {
    throw new GoboolError('GB_CLUSTER_BROKEN', `${fileOf(dir)} cannot be read.`);
  }
}
