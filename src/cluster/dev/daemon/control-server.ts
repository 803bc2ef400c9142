/**
 * The daemon's control socket: HTTP over a Unix socket that only this user can open. Every answer is a
 * `ClusterStatus` a line: one at once, then one a change until the work is done, then an empty line, by which an end
 * is told from a death. `GET /status`; `POST /up`, `/down` and `/restart/<component>`. Whoever hangs up only stops
 * listening.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ClusterStatus } from '../cluster-status.ts';
import { COMPONENT_NAMES, type ComponentName } from '../component.ts';
import type { Supervisor } from './supervisor.ts';

/** Changes that come closer together are told as one. */
const LINE_EVERY_MS = 50;
const BODY_BYTES_MAX = 4096;
/** For those who do not read. */
const GOODBYE_MS = 500;

export interface Commands {
  readonly supervisor: Supervisor;
  /** Starts components and what they need; returns all of them. */
  readonly up: (only: readonly ComponentName[] | undefined) => readonly ComponentName[];
  /** Begins to stop everything. */
  readonly down: () => void;
}

/** Resolves when the socket can be reached. Disposing tells everybody how it ended, and closes it. */
export async function serveControl(socketPath: string, commands: Commands): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    handle(request, response, commands).catch(error => response.destroy(error));
  });
  // The lock says that no other daemon lives, so what lies there is a dead one's.
  rmSync(socketPath, { force: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(socketPath, resolve);
  await promise;
  chmodSync(socketPath, 0o600);
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve));
      commands.supervisor.changes.emit('end');
      const overdue = setTimeout(() => server.closeAllConnections(), GOODBYE_MS);
      await closed;
      clearTimeout(overdue);
      rmSync(socketPath, { force: true });
    },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, commands: Commands): Promise<void> {
  const { supervisor, up, down } = commands;
  const [, verb = '', argument = ''] = (request.url ?? '').split('/');
  switch (`${request.method} ${verb}`) {
    case 'GET status':
      return tell(response, supervisor, () => true);
    case 'POST up': {
      if (supervisor.isStopping) return refuse(response, 409);
      const asked = up((await readBody(request)).only);
      return tell(response, supervisor, status => isDone(status, asked));
    }
    case 'POST restart': {
      const name = COMPONENT_NAMES.find(known => known === argument);
      if (name === undefined) return refuse(response, 404);
      if (supervisor.isStopping) return refuse(response, 409);
      supervisor.restart(name);
      return tell(response, supervisor, status => isDone(status, [name]));
    }
    case 'POST down':
      down();
      return tell(response, supervisor, ({ components }) => components.every(({ state }) => state === 'off'));
    default:
      return refuse(response, 404);
  }
}

function refuse(response: ServerResponse, status: 404 | 409): void {
  response.statusCode = status;
  response.end();
}

function tell(response: ServerResponse, supervisor: Supervisor, isLast: (now: ClusterStatus) => boolean): void {
  let timer: NodeJS.Timeout | undefined;
  const stopListening = () => {
    supervisor.changes.off('change', onChange).off('end', onEnd);
    clearTimeout(timer);
  };
  const write = (isOver: boolean) => {
    timer = undefined;
    const now = supervisor.status();
    response.write(`${JSON.stringify(now)}\n`);
    if (!isOver && !isLast(now)) return;
    stopListening();
    response.end('\n');
  };
  const onEnd = () => write(true);
  const onChange = () => {
    timer ??= setTimeout(write, LINE_EVERY_MS, false);
  };
  supervisor.changes.on('change', onChange).on('end', onEnd);
  response.on('close', stopListening);
  write(false);
}

async function readBody(request: IncomingMessage): Promise<{ readonly only?: readonly ComponentName[] }> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > BODY_BYTES_MAX) throw new Error('the body is too long');
  }
  return text === '' ? {} : JSON.parse(text);
}

/** Whether waiting for these components is over: all are healthy, one has failed, or the cluster is being stopped. */
function isDone({ state, components }: ClusterStatus, asked: readonly ComponentName[]): boolean {
  const states = components.filter(({ name }) => asked.includes(name)).map(component => component.state);
  return state === 'stopping' || states.includes('failed') || states.every(one => one === 'healthy');
}
