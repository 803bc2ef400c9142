/** Artifacts by hash: up, down, and which ones are missing. */
import { Type } from 'typebox';
import { assert } from '../../../../runtime/base/assert.ts';
import { Hash } from '../../../contracts/fields.ts';
import { ARTIFACT_BYTES } from '../../../contracts/http/artifact-limits.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { unlessSilent } from '../soon.ts';

const BYTES = 'application/octet-stream';

const params = Type.Object({ hash: Hash });
const Hashes = Type.Object({ hashes: Type.Array(Hash, { maxItems: 1_000 }) });
const Missing = Type.Object({ missing: Type.Array(Hash) });

export function artifactRoutes(app: App, { artifacts }: GatewayParts): void {
  // Of every route below `/v1`: how long a body may be is for each of them to say.
  app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.put('/artifacts/:hash', {
    schema: { summary: 'Store an artifact', params, consumes: [BYTES] },
    config: { scope: 'submit', holds: 'uploads' },
    bodyLimit: ARTIFACT_BYTES,
    async handler({ params: { hash }, body }, reply) {
      const isKnown = await artifacts.has(hash);
      await artifacts.put(hash, bytesOf(body));
      return reply.code(isKnown ? 200 : 201).send();
    },
  });

  app.head('/artifacts/:hash', {
    schema: { summary: 'Whether an artifact is stored', params },
    config: { scope: 'read' },
    handler: async ({ params: { hash } }, reply) => reply.code((await artifacts.has(hash)) ? 200 : 404).send(),
  });

  app.get('/artifacts/:hash', {
    exposeHeadRoute: false,
    schema: { summary: 'The bytes of an artifact', params, produces: [BYTES] },
    config: { scope: 'read', holds: 'downloads' },
    handler: async ({ params: { hash } }, reply) => reply.type(BYTES).send(await artifacts.get(hash)),
  });

  app.post('/artifacts/missing', {
    schema: { summary: 'Which artifacts are not stored', body: Hashes, response: { 200: Missing } },
    config: { scope: 'submit' },
    handler: async ({ body: { hashes } }) => ({
      missing: [...(await unlessSilent('GB_DOCUMENTS_UNAVAILABLE', artifacts.missing(hashes)))],
    }),
  });
}

/** An empty artifact has no body, and may have no type. */
function bytesOf(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  assert(Buffer.isBuffer(body), 'the parser gives bytes');
  return body;
}
