/** `GET /health`: that the process serves, and how many read its streams. */
import type { Routes } from '../../common/serve-routes.ts';
import type { Channels } from './channels.ts';

export const healthRoutes =
  (channels: Channels): Routes =>
  app =>
    app.get('/health', async () => ({ state: 'RUNNING', streams: channels.count }));
