/** `POST /rebuild`: what services keep is written again from what happened, or compared with it. */
import { RebuildView } from '../../../contracts/http/rebuild-view.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';

/** A log of millions of events takes a while. */
const LIMIT_MS = 600_000;

export function rebuildRoutes(app: App, { commands, joins }: GatewayParts): void {
  app.post('/rebuild', {
    schema: { summary: 'Replay everything', response: { 200: RebuildView } },
    config: { scope: 'admin' },
    async handler({ id }) {
      const headers = { 'x-correlation-id': id };
      const command = await commands.order('/rebuild', headers, LIMIT_MS);
      return { command, join: await joins.order('/rebuild', headers, LIMIT_MS) };
    },
  });
}
