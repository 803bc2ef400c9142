/** Somebody outside who is told things by POST. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Told {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `statusOf`: what the n-th one is answered; nothing: no answer at all. */
export async function openReceiver(statusOf: (n: number) => number | undefined = () => 204) {
  const told: Told[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const status = statusOf(told.length);
    told.push({ method: request.method ?? '', headers: request.headers, body });
    if (status !== undefined) response.writeHead(status, { location: '/other' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
