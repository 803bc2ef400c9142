/** Join's own door, for gateways on this machine: who may see what was decided there. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { ERROR_CATALOGUE } from '../../../../runtime/base/error-codes/index.ts';
import { followRun } from '../streams/follow-run.ts';
import { followTask, type StreamSources } from '../streams/follow-task.ts';
import { EventChannel } from './event-channel.ts';
import { listRuns, runView } from './run-view.ts';

const HEARTBEAT_MS = 10_000;
/** How long a run that nobody knows is waited for: its submission may be in the log already. */
const UNKNOWN_RUN_WAIT_MS = 1_500;
const RUNS_IN_LIST = 50;

const RUN = '(?<runId>r-[0-9a-f]{24})';
const PATHS = {
  run: new RegExp(`^/runs/${RUN}$`),
  runStream: new RegExp(`^/runs/${RUN}/stream$`),
  taskStream: new RegExp(`^/tasks/(?<taskId>${RUN}-[0-9]{1,6})/stream$`),
} as const;

export interface JoinServer {
  readonly port: number;
  /** Cuts all streams off: their readers find another replica. */
  readonly close: () => Promise<void>;
}

/** `port`: of the loopback; 0: any free one. */
export async function serveJoin(sources: StreamSources, port: number): Promise<JoinServer> {
  const channels = new Set<EventChannel>();
  const open = (response: ServerResponse) => {
    const channel = new EventChannel(response);
    channels.add(channel);
    channel.closed.addEventListener('abort', () => channels.delete(channel));
    return channel;
  };
  const server = createServer((request, response) => {
    answer(sources, request, response, open, channels.size).catch(error => refuse(response, error, sources.log));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const beating = setInterval(() => {
    for (const channel of channels) channel.beat();
  }, HEARTBEAT_MS);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      clearInterval(beating);
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  sources: StreamSources,
  request: IncomingMessage,
  response: ServerResponse,
  open: (response: ServerResponse) => EventChannel,
  streams: number,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://join');
  const part = (path: RegExp) => path.exec(pathname)?.groups;
  const lastSeen = lastEventId(request);
  const [run, runStream, taskStream] = [part(PATHS.run), part(PATHS.runStream), part(PATHS.taskStream)];
  if (pathname === '/health') return json(response, 200, { state: 'RUNNING', streams });
  if (pathname === '/runs') {
    const keyId = searchParams.get('keyId');
    const limit = Math.max(1, Math.trunc(Number(searchParams.get('limit'))) || RUNS_IN_LIST);
    return json(response, 200, await listRuns(sources.views, { limit, ...(keyId !== null && { keyId }) }));
  }
  if (run?.runId !== undefined) return json(response, 200, await knownRun(sources, run.runId));
  if (runStream?.runId !== undefined) {
    const version = lastSeen?.of === runStream.runId ? lastSeen.number : 0;
    return followRun(sources, { runId: runStream.runId, version }, open(response));
  }
  if (taskStream?.taskId !== undefined && taskStream.runId !== undefined) {
    const { taskId, runId } = taskStream;
    const next = lastSeen?.of === taskId ? lastSeen.number + 1 : 0;
    return followTask(sources, { taskId, runId, next }, open(response));
  }
  throw new GoboolError('GB_REQUEST_UNKNOWN', `There is nothing at ${pathname}.`);
}

/** `<id>:<number>`, as events are named. Anything else is as if nothing was seen. */
function lastEventId({ headers }: IncomingMessage): { of: string; number: number } | undefined {
  const [, of, number] = /^(.+):([0-9]{1,9})$/.exec(String(headers['last-event-id'] ?? '')) ?? [];
  return of === undefined ? undefined : { of, number: Number(number) };
}

/** A run that was accepted is known as soon as the writer has come as far. */
async function knownRun({ views, progress }: StreamSources, runId: string) {
  const known = await runView(views, runId);
  if (known !== undefined) return known;
  const isStored = progress.caughtUp().then(() => true);
  const isSure = await Promise.race([isStored, pause(UNKNOWN_RUN_WAIT_MS, false)]);
  const now = await runView(views, runId);
  if (now !== undefined) return now;
  if (isSure) throw new GoboolError('GB_RUN_UNKNOWN', `No run ${runId} was accepted.`);
  throw new GoboolError('GB_SERVICE_AWAY', 'What the cluster knows of its runs is behind the log.');
}

function json(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, error: unknown, log: Logger): void {
  const code = error instanceof GoboolError ? error.code : 'GB_INTERNAL';
  if (code === 'GB_INTERNAL') log.error({ err: error }, 'a request failed');
  const isUnknown = code === 'GB_RUN_UNKNOWN' || code === 'GB_REQUEST_UNKNOWN';
  const { title } = ERROR_CATALOGUE[code];
  const detail = error instanceof GoboolError ? error.message : title;
  const status = isUnknown ? 404 : code === 'GB_INTERNAL' ? 500 : 503;
  json(response, status, { title, status, detail, code }, 'application/problem+json');
}
