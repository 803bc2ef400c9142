/** Fields that many messages have. */
import { Type } from 'typebox';

/** SHA-256, lower-case hex. */
export const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** `r-` and 24 hex digits: a hash of API key and idempotency key. */
export const RunId = Type.String({ pattern: '^r-[0-9a-f]{24}$' });

/** Its run's id, a dash, its number: `r-…-0`. */
export const TaskId = Type.String({ pattern: '^r-[0-9a-f]{24}-[0-9]{1,6}$' });

/** Of the run that a task belongs to. */
export const runIdOf = (taskId: string): string => taskId.slice(0, taskId.lastIndexOf('-'));

/** One life of a worker process: `w-` and 12 hex digits. */
export const WorkerId = Type.String({ pattern: '^w-[0-9a-f]{12}$' });

/** A case of the error hospital, `c-` and 24 hex digits: a hash of what fell ill, so that it has one case. */
export const CaseId = Type.String({ pattern: '^c-[0-9a-f]{24}$' });

/** 1, 2, 3 ... of one task; a later one fences the earlier ones. */
export const Attempt = Type.Integer({ minimum: 1 });

/** Epoch milliseconds. */
export const TimeMs = Type.Integer({ minimum: 0 });

/** Where somebody waits for a POST. */
export const CallbackUrl = Type.String({ pattern: '^https?://', maxLength: 2_000 });

/** Higher goes first. */
export const Priority = Type.Integer({ minimum: -100, maximum: 100 });

/** A coded error as plain data (`runtime/base/error.ts`, `ErrorData`). */
export const ErrorFields = Type.Object({
  code: Type.String({ pattern: '^GB_[A-Z0-9_]+$' }),
  message: Type.String({ maxLength: 10_000 }),
  hint: Type.Optional(Type.String({ maxLength: 2_000 })),
  problems: Type.Optional(Type.Array(Type.String({ maxLength: 2_000 }), { maxItems: 200 })),
  where: Type.Optional(Type.Object({}, { additionalProperties: true })),
  stack: Type.Optional(Type.String({ maxLength: 20_000 })),
});

/** Names the parts of one request on all its hops. */
export const EXAMPLES = {
  hash: 'e84cd82a00000000000000000000000000000000000000000000000000000000',
  runId: 'r-0123456789abcdef01234567',
  taskId: 'r-0123456789abcdef01234567-0',
  workerId: 'w-0123456789ab',
  caseId: 'c-0123456789abcdef01234567',
} as const;
