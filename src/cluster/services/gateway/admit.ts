/** Who asks, whether he may, how much: before anything of a request is read. */
import { assert } from '../../../runtime/base/assert.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { App, GatewayParts } from './gateway-parts.ts';
import { requireScope } from './key-ring.ts';
import { KeyLimits } from './limits.ts';
import { OpenStreams } from './open-streams.ts';

/** For the routes that are added later. What a request holds is given back when its connection is done with it. */
export function admit(app: App, { keys, limits, signal }: GatewayParts): void {
  const keyLimits = new KeyLimits(limits);
  const streams = new OpenStreams();
  keys.onEnd(keyId => streams.cut(keyId));
  signal.addEventListener('abort', () => streams.cutAll(), { once: true });
  app.addHook('onRequest', async (request, { raw }) => {
    const caller = await keys.identify(request.headers.authorization);
    request.caller = caller;
    // etcd may have taken long. Who is gone by now would never give back what he holds.
    if (raw.destroyed) throw new GoboolError('GB_REQUEST_INVALID', 'The client went away.');
    keyLimits.request(caller.keyId);
    const { scope, holds = 'requests' } = request.routeOptions.config;
    assert(scope !== undefined, 'every route below /v1 names its scope');
    requireScope(caller, scope);
    raw.once('close', keyLimits.open(caller.keyId, holds));
    if (holds === 'streams' || holds === 'downloads') request.ending = streams.open(caller.keyId, raw);
  });
}
