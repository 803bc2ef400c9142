/** `GET /health`: that the process serves, and what it did. */
import type { Counters } from '../counters.ts';
import type { Routes } from './server.ts';

export const healthRoutes =
  (counters: Counters): Routes =>
  app =>
    app.get('/health', async () => ({ state: 'RUNNING', counters }));
