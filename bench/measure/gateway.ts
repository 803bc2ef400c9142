/**
 * One gateway with 2,000 open tails, each of which gets an event a second, and 500 requests a second beside them. Join
 * is a server of this process, which answers at once: the gateway alone is measured, on a machine of two cores or more.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunSummaryView } from '../../src/cluster/contracts/http/run-view.ts';
import type { GatewayStarted, GatewayTaken } from '../gateway-process.ts';
import type { Row } from '../lib/row.ts';

const TAILS = 2_000;
const REQUESTS_PER_SECOND = 500;
const SECONDS = 20;
/** That requests share; one that waits for one of them takes so much longer. */
const CONNECTIONS = 100;
const TICK_MS = 10;
const RUN = 'r-0123456789abcdef01234567';

const VIEW: RunSummaryView = {
  ...{ runId: RUN, version: 2, state: 'running', kind: 'run', name: 'bench', keyId: 'k-bench' },
  ...{ submittedMs: 1_700_000_000_000, atMs: 1_700_000_000_500, position: null },
  tasks: { total: 1, completed: 0, failed: 0, running: 1 },
};
const EVENT = `event: run\nid: ${RUN}:2\ndata: ${JSON.stringify(VIEW)}\n\n`;

export async function measureGateway(): Promise<Row[]> {
  const open: ServerResponse[] = [];
  const join = createServer(({ url }, response) => {
    if (!url?.endsWith('/stream')) return response.end(JSON.stringify(VIEW));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    return open.push(response);
  }).listen(0, '127.0.0.1');
  await once(join, 'listening');
  const joinUrl = `http://127.0.0.1:${(join.address() as AddressInfo).port}`;
  const gateway = fork(new URL('../gateway-process.ts', import.meta.url), [joinUrl]);
  try {
    const [started] = (await once(gateway, 'message')) as [GatewayStarted];
    const taken = async (): Promise<GatewayTaken> => {
      gateway.send('taken');
      return (await once(gateway, 'message'))[0] as GatewayTaken;
    };
    const seen = await openTails(started);
    const before = await taken();
    const ms = await load(started, open);
    const after = await taken();
    await pause(1_000);
    return rowsOf(ms, seen.events / (TAILS * SECONDS), before, after);
  } finally {
    gateway.kill();
    join.close();
    join.closeAllConnections();
  }
}

async function openTails({ url, authorization }: GatewayStarted): Promise<{ events: number }> {
  const seen = { events: 0 };
  for (let tail = 0; tail < TAILS; tail++) {
    const request = get(`${url}/v1/runs/${RUN}/stream`, { headers: { authorization }, agent: false });
    request.on('error', () => {});
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response
      .on('error', () => {})
      .on('data', (part: Buffer) => {
        seen.events += part.toString().split('event: run').length - 1;
      });
  }
  return seen;
}

/** Milliseconds of every request, infinite where it failed. Each is sent when it is time, whatever the others do. */
async function load({ url, authorization }: GatewayStarted, open: readonly ServerResponse[]): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const asked: Promise<number>[] = [];
  const ask = async (): Promise<number> => {
    const startMs = performance.now();
    const request = get(`${url}/v1/runs/${RUN}`, { headers: { authorization }, agent });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    for await (const _ of response);
    return response.statusCode === 200 ? performance.now() - startMs : Number.POSITIVE_INFINITY;
  };
  const startMs = performance.now();
  let [sent, told] = [0, 0];
  for (let nowMs = 0; nowMs < SECONDS * 1_000; nowMs = performance.now() - startMs) {
    for (; sent < (nowMs / 1_000) * REQUESTS_PER_SECOND; sent++)
      asked.push(ask().catch(() => Number.POSITIVE_INFINITY));
    for (; told < (nowMs / 1_000) * TAILS; told++) open[told % TAILS]?.write(EVENT);
    await pause(TICK_MS);
  }
  const ms = await Promise.all(asked);
  agent.destroy();
  return ms.sort((a, b) => a - b);
}

function rowsOf(ms: readonly number[], delivered: number, before: GatewayTaken, after: GatewayTaken): Row[] {
  const at = (share: number) => ms[Math.floor(ms.length * share)] ?? Number.NaN;
  const cpu = (after.cpuMs - before.cpuMs) / (SECONDS * 10);
  return [
    { name: 'gateway: 500 requests/s beside 2,000 tails, p50', value: at(0.5), unit: 'ms', wanted: 5 },
    { name: 'gateway: 500 requests/s beside 2,000 tails, p99', value: at(0.99), unit: 'ms', wanted: 50 },
    { name: 'gateway: events of the tails that came', value: delivered * 100, unit: '%' },
    { name: 'gateway: of one core', value: cpu, unit: '%', wanted: 100 },
    { name: 'gateway: memory with 2,000 idle tails', value: before.memoryMb, unit: 'MB', wanted: 300 },
    { name: 'gateway: memory after the load', value: after.memoryMb, unit: 'MB', wanted: 400 },
  ];
}
