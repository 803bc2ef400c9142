/** `GET /health`: that the process serves, and what it did. */

import type { Routes } from '../../common/serve-routes.ts';
import type { Counters } from '../counters.ts';

export const healthRoutes =
  (counters: Counters): Routes =>
  app =>
    app.get('/health', async () => ({ state: 'RUNNING', counters }));
