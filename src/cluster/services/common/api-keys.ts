/**
 * API keys: `gb_<key id>_<secret>`. etcd keeps a keyed hash of the secret only, so whoever reads etcd's keys of the API
 * cannot use them; a lost key cannot be shown again.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { assert } from '../../../runtime/base/assert.ts';
import type { ApiKey } from '../../contracts/cluster-objects.ts';
import type { ObjectStore } from '../../ports/objects.ts';

export type Scope = ApiKey['scopes'][number];

/** Of the kinds `API_KEYS` and `SECRETS`. */
export interface KeyStores {
  readonly keys: ObjectStore<ApiKey | undefined>;
  readonly secrets: ObjectStore<string | undefined>;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Epoch milliseconds; null: never. */
  readonly expiresMs: number | null;
}

const SECRET_NAME = 'api';
const KEY = /^gb_(k-[0-9a-f]{12})_([\w-]{32})$/;

/** Resolves to the only copy of the key. Throws `GB_ETCD_UNAVAILABLE`. */
export async function createKey(stores: KeyStores, { name, scopes, expiresMs }: NewKey): Promise<string> {
  const keyId = `k-${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(24).toString('base64url');
  const hmac = hmacOf(await apiSecret(stores.secrets), secret);
  await stores.keys.put(keyId, { hmac, name, scopes, createdMs: Date.now(), expiresMs }, { ifRevision: 0 });
  return `gb_${keyId}_${secret}`;
}

/** Resolves to false where there was none. */
export const revokeKey = ({ keys }: KeyStores, keyId: string): Promise<boolean> => keys.delete(keyId);

export interface ListedKey extends Omit<ApiKey, 'hmac'> {
  readonly keyId: string;
}

export async function listKeys({ keys }: KeyStores): Promise<readonly ListedKey[]> {
  return (await keys.list()).flatMap(({ key: keyId, value }) => {
    if (value === undefined) return [];
    const { hmac: _, ...rest } = value;
    return [{ keyId, ...rest }];
  });
}

/** The cluster's own secret, made when it is first asked for. */
export async function apiSecret(secrets: KeyStores['secrets']): Promise<string> {
  const known = (await secrets.get(SECRET_NAME))?.value;
  if (known !== undefined) return known;
  // Of two that make one at once, the first one's counts.
  await secrets.put(SECRET_NAME, randomBytes(32).toString('base64url'), { ifRevision: 0 });
  const made = (await secrets.get(SECRET_NAME))?.value;
  assert(made !== undefined, 'nobody removes the secret of the API');
  return made;
}

/** The parts of a key, or undefined for what is none. */
export function parseKey(text: string): { readonly keyId: string; readonly secret: string } | undefined {
  const [, keyId, secret] = KEY.exec(text) ?? [];
  return keyId === undefined || secret === undefined ? undefined : { keyId, secret };
}

/** Whether it is the key's secret and the key is valid at `nowMs`. Takes the same time for every wrong secret. */
export function isValid({ hmac, expiresMs }: ApiKey, secret: string, clusterSecret: string, nowMs: number): boolean {
  const isRight = timingSafeEqual(Buffer.from(hmac, 'hex'), Buffer.from(hmacOf(clusterSecret, secret), 'hex'));
  return isRight && (expiresMs === null || nowMs < expiresMs);
}

const hmacOf = (clusterSecret: string, secret: string) =>
  createHmac('sha256', clusterSecret).update(secret).digest('hex');
