/** A small gateway on a real port: answers what a test scripts, and keeps what was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { GatewayAddress } from '../../src/cluster/client/request.ts';

interface Asking {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answer = (asking: Asking, response: ServerResponse) => void | Promise<void>;

export interface EventServer extends GatewayAddress {
  readonly asked: readonly Asking[];
}

export async function eventServer(answer: Answer): Promise<EventServer> {
  const asked: Asking[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const asking = { method, path, headers, body: Buffer.concat(await request.toArray()) };
    asked.push(asking);
    await answer(asking, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: 'gb_k-test_secret', asked };
}

export interface SentEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
}

/** `data`: text as it is, anything else as JSON. */
function eventText({ event, id, data }: SentEvent): string {
  const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`])];
  return [...lines, `data: ${typeof data === 'string' ? data : JSON.stringify(data)}`, '', ''].join('\n');
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}

export function sendEvents(response: ServerResponse, events: readonly SentEvent[]): void {
  response.write(events.map(eventText).join(''));
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
