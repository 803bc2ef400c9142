/**
 * The first key of the cluster's gateway, in the file `api-key` of its folder, mode 0600. etcd only has a hash of it,
 * so one that etcd no longer knows, as after `reset`, is replaced by another one.
 */
import type { Etcd3 } from 'etcd3';
import { etcdObjects } from '../adapters/etcd/etcd-objects.ts';
import { createKey, type KeyStores, parseKey } from '../services/common/api-keys.ts';
import { API_KEYS, SECRETS } from '../services/common/object-kinds.ts';
import { readApiKey, writeApiKey } from './state/api-key.ts';

/** Idempotent. Throws `GB_ETCD_UNAVAILABLE`. */
export async function ensureFirstApiKey(etcd: Etcd3, dir: string): Promise<void> {
  const stores = { keys: etcdObjects(etcd, API_KEYS), secrets: etcdObjects(etcd, SECRETS) };
  if (await isKnown(stores, readApiKey(dir))) return;
  const key = await createKey(stores, { name: 'first', scopes: ['admin'], expiresMs: null });
  writeApiKey(dir, key);
}

async function isKnown({ keys }: KeyStores, key: string | undefined): Promise<boolean> {
  const keyId = parseKey(key ?? '')?.keyId;
  return keyId !== undefined && (await keys.get(keyId))?.value !== undefined;
}
