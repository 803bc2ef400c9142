/** API keys, for admins. One that is revoked works nowhere any more within seconds, and what it has open is cut. */
import { Type } from 'typebox';
import { assert } from '../../../../runtime/base/assert.ts';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { CreatedKeyView, KeyListView, NewKeyBody } from '../../../contracts/http/key-view.ts';
import { createKey, listKeys, parseKey, revokeKey } from '../../common/api-keys.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';

const params = Type.Object({ keyId: Type.String({ maxLength: 64 }) });

export function keyRoutes(app: App, { keyStores }: GatewayParts): void {
  app.get('/keys', {
    schema: { summary: 'API keys, without their secrets', response: { 200: KeyListView } },
    config: { scope: 'admin' },
    async handler() {
      const keys = (await listKeys(keyStores)).map(({ scopes, ...key }) => ({ ...key, scopes: [...scopes] }));
      return { keys: keys.sort((a, b) => a.createdMs - b.createdMs) };
    },
  });

  app.post('/keys', {
    schema: { summary: 'Make an API key', body: NewKeyBody, response: { 201: CreatedKeyView } },
    config: { scope: 'admin' },
    async handler({ body: { name, scopes, expiresMs } }, reply) {
      const key = await createKey(keyStores, { name, scopes, expiresMs });
      const keyId = parseKey(key)?.keyId;
      assert(keyId !== undefined, 'a key that was just made has its form');
      return reply.code(201).header('location', `/v1/keys/${keyId}`).send({ keyId, key });
    },
  });

  app.delete('/keys/:keyId', {
    schema: { summary: 'Revoke an API key', params },
    config: { scope: 'admin' },
    async handler({ params: { keyId } }, reply) {
      if (await revokeKey(keyStores, keyId)) return reply.code(204).send();
      throw new GoboolError('GB_KEY_UNKNOWN', `There is no key ${keyId}.`);
    },
  });
}
