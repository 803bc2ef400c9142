/** Why a component is not healthy, in the words of the error catalogue. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { Problem } from '../cluster-status.ts';
import type { ComponentName } from '../component.ts';

const PROBE_CODES: Readonly<Record<ComponentName, ErrorCode>> = {
  kafka: 'GB_PROBE_KAFKA',
  connect: 'GB_PROBE_CONNECT',
  streams: 'GB_PROBE_STREAMS',
  mongodb: 'GB_PROBE_MONGODB',
  postgres: 'GB_PROBE_POSTGRES',
  etcd: 'GB_PROBE_ETCD',
  gateway: 'GB_PROBE_GATEWAY',
  command: 'GB_PROBE_COMMAND',
  worker: 'GB_PROBE_WORKER',
  join: 'GB_PROBE_JOIN',
};

export function makeProblem(code: ErrorCode, message: string, log: readonly string[], hint?: string): Problem {
  return { code, message, hint: hint ?? null, log };
}

/** What a component, a fetch or a launch threw; what has no code of its own gets that of the component's probe. */
export function problemOf(name: ComponentName, error: unknown, log: readonly string[]): Problem {
  if (!(error instanceof GoboolError)) return makeProblem(PROBE_CODES[name], String(error), log);
  return makeProblem(error.code, [error.message, ...error.problems].join('\n'), log, error.hint);
}

/** Whether trying again could never help. */
export const isFinal = (error: unknown): boolean =>
  error instanceof GoboolError && !ERROR_CATALOGUE[error.code].retryable;
