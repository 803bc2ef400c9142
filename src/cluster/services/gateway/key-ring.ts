/**
 * The API keys of the cluster, kept up to date by a watch: a revoked key stops working as soon as etcd says so. While
 * etcd is away, the keys that are known go on.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ApiKey } from '../../contracts/cluster-objects.ts';
import { apiSecret, isValid, type KeyStores, parseKey, type Scope } from '../common/api-keys.ts';

/** How soon a key that expires ends what it has open. */
const EXPIRY_CHECK_MS = 1_000;

export interface Caller {
  readonly keyId: string;
  readonly scopes: readonly Scope[];
}

export class KeyRing {
  readonly #stores: KeyStores;
  readonly #watched = new Map<string, ApiKey>();
  readonly #listeners: ((keyId: string) => void)[] = [];
  #secret: string | undefined;

  constructor(stores: KeyStores) {
    this.#stores = stores;
  }

  /** Until the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    const checking = setInterval(() => this.#endExpired(Date.now()), EXPIRY_CHECK_MS);
    signal.addEventListener('abort', () => clearInterval(checking), { once: true });
    for await (const { key: keyId, object } of this.#stores.keys.watch('', signal)) {
      if (object?.value === undefined) this.#end(keyId);
      else this.#watched.set(keyId, object.value);
    }
  }

  /** Told of every key that ends, revoked or expired. */
  onEnd(listener: (keyId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** `authorization`: the header. Throws `GB_KEY_INVALID`, `GB_ETCD_UNAVAILABLE`. */
  async identify(authorization: string | undefined): Promise<Caller> {
    const [scheme, text = ''] = authorization?.split(' ') ?? [];
    const parts = scheme?.toLowerCase() === 'bearer' ? parseKey(text) : undefined;
    if (parts === undefined) throw invalid('The header Authorization does not hold `Bearer gb_<key id>_<secret>`.');
    const { keyId, secret } = parts;
    const key = await this.#find(keyId);
    this.#secret ??= await apiSecret(this.#stores.secrets);
    if (key === undefined || !isValid(key, secret, this.#secret, Date.now())) {
      throw invalid(`Key ${keyId} is unknown, expired or revoked, or its secret is wrong.`);
    }
    return { keyId, scopes: key.scopes };
  }

  /** One that the watch has not shown yet may just have been made. Not remembered: only the watch sees it go. */
  async #find(keyId: string): Promise<ApiKey | undefined> {
    return this.#watched.get(keyId) ?? (await this.#stores.keys.get(keyId))?.value;
  }

  #endExpired(nowMs: number): void {
    for (const [keyId, { expiresMs }] of this.#watched) if (expiresMs !== null && expiresMs <= nowMs) this.#end(keyId);
  }

  #end(keyId: string): void {
    this.#watched.delete(keyId);
    for (const listener of this.#listeners) listener(keyId);
  }
}

const invalid = (message: string) => new GoboolError('GB_KEY_INVALID', message);

/** Throws `GB_KEY_SCOPE`. */
export function requireScope(caller: Caller, scope: Scope): void {
  const { keyId, scopes } = caller;
  if (scopes.includes(scope) || isAdmin(caller)) return;
  throw new GoboolError('GB_KEY_SCOPE', `Key ${keyId} has no scope ${scope}.`);
}

export const isAdmin = ({ scopes }: Caller): boolean => scopes.includes('admin');
