/** `GET /health`: that the process serves, and what it did. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Counters } from './counters.ts';

const HOST = '127.0.0.1';

export interface HealthServer extends AsyncDisposable {
  readonly url: string;
}

/** `port` 0: any free one. */
export async function healthServer(port: number, counters: Counters): Promise<HealthServer> {
  const server = createServer(({ method, url }, response) => {
    const isHealth = method === 'GET' && url === '/health';
    response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isHealth ? { state: 'RUNNING', counters } : { error: 'There is only GET /health.' }));
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
