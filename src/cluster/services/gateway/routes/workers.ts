/** `GET /workers`: those that are in etcd now, by host and processor. */
import type { WorkerOffer } from '../../../contracts/cluster-objects.ts';
import { WorkerListView, type WorkerView } from '../../../contracts/http/queue-view.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';

export function workerRoutes(app: App, { offers }: GatewayParts): void {
  app.get('/workers', {
    schema: { summary: 'Workers, and what they do', response: { 200: WorkerListView } },
    config: { scope: 'read' },
    async handler() {
      const found = (await offers.list()).flatMap(({ value }) => (value === undefined ? [] : [viewOf(value)]));
      return { workers: found.sort((a, b) => a.host.localeCompare(b.host) || (a.cpu ?? 0) - (b.cpu ?? 0)) };
    },
  });
}

const viewOf = ({ free, taskId = null, ...worker }: WorkerOffer): WorkerView => ({
  ...worker,
  state: free ? 'idle' : 'busy',
  ...(taskId !== null && !free && { taskId }),
});
