/** `POST /rebuild`: replays every event, and tells whether the tables hold what the events add up to. */
import type { Sql } from '../../../ports/sql.ts';
import type { Routes } from '../../common/serve-routes.ts';
import { rebuild } from '../rebuild.ts';

export const rebuildRoutes =
  (sql: Sql): Routes =>
  app =>
    app.post('/rebuild', () => rebuild(sql));
