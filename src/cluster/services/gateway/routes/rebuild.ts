/** `POST /rebuild`: what services keep is written again from what happened, or compared with it. */
import { REBUILD_MS, RebuildView } from '../../../contracts/http/rebuild-view.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { answerAlive } from '../keep-alive.ts';

/** For each of the two: a log of many millions of events takes a while. */
const LIMIT_MS = REBUILD_MS / 2;
const SILENCE_MS = 10_000;

export function rebuildRoutes(app: App, { commands, joins, silenceMs = SILENCE_MS }: GatewayParts): void {
  const replay = async (correlationId: string): Promise<RebuildView> => {
    const headers = { 'x-correlation-id': correlationId };
    const command = await commands.order('/rebuild', headers, LIMIT_MS);
    return { command, join: await joins.order('/rebuild', headers, LIMIT_MS) };
  };

  app.post('/rebuild', {
    schema: { summary: 'Replay everything', response: { 200: RebuildView } },
    config: { scope: 'admin', holds: 'streams' },
    handler: async (request, reply) => (await answerAlive(replay(request.id), silenceMs, request, reply)) ?? reply,
  });
}
