/** `GET /queue?limit=`: who waits; `GET /pending/:keyId`: how many tasks of one key are not over yet. */
import type { Queries } from '../../../ports/sql.ts';
import type { Routes } from '../../common/serve-routes.ts';
import { pendingTasks, queueView } from '../store/queue.ts';
import { limitOf } from './limit.ts';

export const queueRoutes =
  (queries: Queries): Routes =>
  app => {
    app.get<{ Querystring: { limit?: string } }>('/queue', ({ query }) => queueView(queries, limitOf(query.limit)));
    app.get<{ Params: { keyId: string } }>('/pending/:keyId', async ({ params: { keyId } }) => ({
      tasks: await pendingTasks(queries, keyId),
    }));
  };
