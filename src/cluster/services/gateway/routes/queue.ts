/** `GET /queue`: whose tasks wait, in the order in which workers will get them. */
import { Type } from 'typebox';
import { QueueView } from '../../../contracts/http/queue-view.ts';
import type { App } from '../gateway-parts.ts';
import { type Caller, isAdmin } from '../key-ring.ts';
import { QUEUE_MAX, type QueueViews } from '../queue-views.ts';

const Page = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: QUEUE_MAX })) },
  { additionalProperties: false },
);
const USUAL_LIMIT = 100;

export function queueRoutes(app: App, queue: QueueViews): void {
  app.get('/queue', {
    schema: { summary: 'Runs of which tasks wait, in order', querystring: Page, response: { 200: QueueView } },
    config: { scope: 'read' },
    async handler({ query: { limit = USUAL_LIMIT }, caller }) {
      const { entries, ...totals } = await queue.view();
      return { ...totals, entries: entries.slice(0, limit).map(entry => discreet(entry, caller)) };
    },
  });
}

/** What others run is theirs; that they wait is everybody's. */
const discreet = (entry: QueueView['entries'][number], caller: Caller) =>
  entry.keyId === caller.keyId || isAdmin(caller) ? entry : { ...entry, name: '' };
