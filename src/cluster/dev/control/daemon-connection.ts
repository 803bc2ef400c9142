/**
 * Speaks to a daemon over its control socket. HTTP/1.0 by hand, a dozen lines: loading `node:http` takes longer than
 * all the rest of an `up` that finds everything healthy.
 */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { GoboolError } from '../../../runtime/base/error.ts';
import { systemCode, toFileError } from '../../../runtime/host/files.ts';
import type { ClusterStatus } from '../cluster-status.ts';
import { readLive } from '../state/live-record.ts';

/** A daemon answers within milliseconds; one that takes longer than this is paused or stuck. */
const ANSWER_MS = 5000;

/** The line with which a daemon that lives ends its answer. */
const END = '';

export interface DaemonReply {
  /** 200; 409 while the daemon stops the cluster. */
  readonly code: number;
  /**
   * One at once, then one a change, until it is done. Leaving the loop hangs up. Throws `GB_CLUSTER_DAEMON` where the
   * daemon dies meanwhile.
   */
  readonly statuses: AsyncIterable<ClusterStatus>;
}

/** Undefined where no daemon listens. Throws `GB_CLUSTER_DAEMON` where one does not answer, and the signal's reason. */
export async function askDaemon(
  dir: string,
  request: `${'GET' | 'POST'} /${string}`,
  { body = '', signal }: { readonly body?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<DaemonReply | undefined> {
  const path = readLive(dir)?.socket;
  const socket = path === undefined ? undefined : await open(path);
  if (socket === undefined) return;
  const overdue = AbortSignal.timeout(ANSWER_MS);
  const hangUp = () => void socket.destroy();
  signal?.addEventListener('abort', hangUp);
  overdue.addEventListener('abort', hangUp);
  socket.write(`${request} HTTP/1.0\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const reader = createInterface({ input: socket });
  socket.once('close', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  const [, code] = (await nextLine(lines))?.split(' ') ?? [];
  // What stands between the first line and the empty one says nothing that we do not know.
  while (await nextLine(lines));
  overdue.removeEventListener('abort', hangUp);
  signal?.throwIfAborted();
  if (overdue.aborted) throw new GoboolError('GB_CLUSTER_DAEMON', 'The daemon of the cluster does not answer.');
  // It was killed in this very moment.
  if (code === undefined) return;
  return { code: Number(code), statuses: statusesOf(lines, socket, signal) };
}

async function* statusesOf(lines: AsyncIterator<string>, socket: Socket, signal?: AbortSignal) {
  try {
    for (let line = await nextLine(lines); line !== END; line = await nextLine(lines)) {
      signal?.throwIfAborted();
      if (line === undefined) throw new GoboolError('GB_CLUSTER_DAEMON', 'The daemon ended in the middle of its work.');
      yield JSON.parse(line) as ClusterStatus;
    }
  } finally {
    socket.destroy();
  }
}

/** Undefined at the end, also where the connection broke. */
async function nextLine(lines: AsyncIterator<string>): Promise<string | undefined> {
  const { done, value } = await lines.next().catch(() => ({ done: true, value: undefined }));
  return done ? undefined : value;
}

function open(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket.removeAllListeners('error').on('error', () => undefined)));
    socket.once('error', error => {
      if (['ENOENT', 'ECONNREFUSED'].includes(systemCode(error) ?? '')) resolve(undefined);
      else reject(toFileError(error, path));
    });
  });
}
