/** `POST /rebuild`: replays every event, and tells whether the tables hold what the events add up to. */
import type { Sql } from '../../../ports/sql.ts';
import { rebuild } from '../rebuild.ts';
import type { Routes } from './server.ts';

export const rebuildRoutes =
  (sql: Sql): Routes =>
  app =>
    app.post('/rebuild', () => rebuild(sql));
