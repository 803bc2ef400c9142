/** `GET /queue?limit=`: who waits; `GET /pending/:keyId`: how many tasks of one key are not over yet. */
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { Routes } from '../../common/serve-routes.ts';
import { pendingTasks, queueView } from '../store/queue.ts';

const USUAL_LIMIT = 100;
const LIMIT_MAX = 1_000;

export const queueRoutes =
  (queries: Queries): Routes =>
  app => {
    app.get<{ Querystring: { limit?: string } }>('/queue', ({ query }) => queueView(queries, limitOf(query.limit)));
    app.get<{ Params: { keyId: string } }>('/pending/:keyId', async ({ params: { keyId } }) => ({
      tasks: await pendingTasks(queries, keyId),
    }));
  };

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? USUAL_LIMIT : Number(text);
  if (Number.isInteger(limit) && limit > 0) return Math.min(limit, LIMIT_MAX);
  throw new GoboolError('GB_REQUEST_INVALID', `limit is ${text}, not a whole number above 0.`);
}
