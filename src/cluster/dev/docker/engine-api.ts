/**
 * The few requests to the Docker Engine that the driver makes all the time, over its socket. The commands of Docker
 * would cost a process each, and one that follows a log would outlive us.
 */
import { type IncomingMessage, request } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { GoboolError } from '../../../runtime/base/error.ts';

export interface EngineApi {
  /** The answer's document. Throws `GB_DOCKER_FAILED` with the engine's words, unless its status is in `tolerated`. */
  readonly call: (method: Method, path: string, options?: CallOptions) => Promise<unknown>;
  /** The answer as it arrives, for as long as it lasts. */
  readonly stream: (path: string) => Promise<IncomingMessage>;
}

interface CallOptions {
  /** Statuses that mean `already so`: 304 stopped, 404 gone, 409 under way. The document is then undefined. */
  readonly tolerated?: readonly number[];
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'DELETE';

export function engineApi(socketPath: string): EngineApi {
  const send = (method: Method, path: string, signal?: AbortSignal) =>
    new Promise<IncomingMessage>((done, failed) => {
      const options = { socketPath, path, method, ...(signal && { signal }) };
      request(options, done)
        .on('error', error => failed(unreachable(error, signal)))
        .end();
    });

  return {
    async call(method, path, { tolerated = [], signal } = {}) {
      const response = await send(method, path, signal);
      const status = response.statusCode ?? 0;
      if (status >= 400 && !tolerated.includes(status)) throw await refusal(response);
      if (status >= 300 || status === 204) return void response.resume();
      return response.headers['content-type']?.startsWith('application/json') ? json(response) : text(response);
    },
    async stream(path) {
      const response = await send('GET', path);
      if ((response.statusCode ?? 0) >= 400) throw await refusal(response);
      return response;
    },
  };
}

function unreachable(error: Error, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  return new GoboolError('GB_DOCKER_UNAVAILABLE', `The Docker Engine does not answer: ${error.message}.`, {
    cause: error,
  });
}

async function refusal(response: IncomingMessage): Promise<GoboolError> {
  const answer = (await json(response).catch(() => ({}))) as { readonly message?: string };
  return new GoboolError('GB_DOCKER_FAILED', `Docker: ${answer.message ?? `status ${response.statusCode}`}.`);
}

/** `filters=` of a list: everything that carries all these labels. */
export function withLabels(labels: Readonly<Record<string, string>>): string {
  const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return `filters=${encodeURIComponent(JSON.stringify({ label }))}`;
}
