/**
 * One request to the gateway. Where it fails for a passing reason it is sent again for a while, if it can be sent twice
 * without harm, or surely was not taken.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../runtime/base/error.ts';
import { backoffMs } from './backoff.ts';
import { isPassing, isUntaken, problemOf } from './problem.ts';

/** The door of a cluster. */
export interface GatewayAddress {
  readonly url: string;
  /** API key, `gb_<key id>_<secret>`. Never shown. */
  readonly key: string;
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly signal?: AbortSignal | undefined;
  /** How long an answer may take; 30 s. */
  readonly answerMs?: number;
  /** How long failures that may pass are put up with; 5 s. */
  readonly patienceMs?: number;
  /** Twice is as good as once, which its method and its headers do not say. */
  readonly isRepeatable?: boolean;
}

export class Failure {
  readonly error: GoboolError;
  /** Trying again does not help. */
  readonly isLasting: boolean;
  /** The gateway did nothing. */
  readonly isUndone: boolean;

  constructor(error: GoboolError, isLasting: boolean, isUndone: boolean) {
    this.error = error;
    this.isLasting = isLasting;
    this.isUndone = isUndone;
  }
}

/** For one answer. */
const ANSWER_MS = 30_000;
/** How long failures may go on, from the first one: what failed may have taken long. */
const PATIENCE_MS = 5_000;

/** The text of the answer. Throws the gateway's own coded errors, `GB_CLUSTER_UNREACHABLE`, and the signal's reason. */
export async function request(gateway: GatewayAddress, asked: Asked): Promise<string> {
  let giveUpMs = Infinity;
  for (let failures = 0; ; failures++) {
    const overdue = AbortSignal.timeout(asked.answerMs ?? ANSWER_MS);
    const response = await send(gateway, { ...asked, signal: anyOf(asked.signal, overdue) });
    const outcome = response instanceof Failure ? response : await textOf(gateway, response);
    if (!(outcome instanceof Failure)) return outcome;
    asked.signal?.throwIfAborted();
    const waitMs = backoffMs(failures);
    giveUpMs = Math.min(giveUpMs, performance.now() + (asked.patienceMs ?? PATIENCE_MS));
    if (!outcome.isLasting && !outcome.isUndone && !isRepeatable(asked)) throw perhapsDone(outcome.error);
    if (outcome.isLasting || overdue.aborted || performance.now() + waitMs > giveUpMs) throw outcome.error;
    await pause(waitMs, undefined, { signal: asked.signal });
  }
}

/** As HTTP has it, or because of a key under which it is done once. */
function isRepeatable({ method, headers, isRepeatable: isSaid }: Asked): boolean {
  const isIdempotent = method !== 'POST' && method !== 'PATCH';
  return isSaid ?? (isIdempotent || headers?.['idempotency-key'] !== undefined);
}

/** A gateway's own word is clear. */
function perhapsDone(error: GoboolError): GoboolError {
  if (error.code !== 'GB_CLUSTER_UNREACHABLE') return error;
  return new GoboolError(error.code, `${error.message} What was asked may have been done all the same.`, {
    cause: error,
  });
}

const anyOf = (signal: AbortSignal | undefined, other: AbortSignal): AbortSignal =>
  signal === undefined ? other : AbortSignal.any([signal, other]);

/** Once. Its body is still to come. */
export async function send(gateway: GatewayAddress, asked: Asked): Promise<Response | Failure> {
  const { method, path, headers, body, signal } = asked;
  try {
    const response = await fetch(new URL(path, gateway.url), {
      method,
      headers: { authorization: `Bearer ${gateway.key}`, ...headers },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    const { ok, status } = response;
    return ok ? response : new Failure(await problemOf(response, gateway.url), !isPassing(status), isUntaken(status));
  } catch (cause) {
    return new Failure(unreachable(gateway, cause), false, NOT_CONNECTED.has(reason(cause)));
  }
}

/** Then no byte of a request was sent. */
const NOT_CONNECTED = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  'UND_ERR_CONNECT_TIMEOUT',
]);

async function textOf(gateway: GatewayAddress, response: Response): Promise<string | Failure> {
  return await response.text().catch((cause: unknown) => new Failure(unreachable(gateway, cause), false, false));
}

export function unreachable({ url }: GatewayAddress, cause: unknown): GoboolError {
  return new GoboolError('GB_CLUSTER_UNREACHABLE', `The gateway at ${url} does not answer: ${reason(cause)}.`, {
    cause,
  });
}

/** `fetch` tells only in its error's cause what happened. */
function reason(thrown: unknown): string {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
