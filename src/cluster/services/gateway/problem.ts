/** Which answer an error is: the catalogue's title and hint, the case's detail. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { Problem } from '../../contracts/http/problem.ts';

export const PROBLEM_TYPE = 'application/problem+json';

const STATUS: Partial<Record<ErrorCode, number>> = {
  GB_REQUEST_INVALID: 400,
  GB_MESSAGE_INVALID: 400,
  GB_CONDITION: 400,
  GB_KEY_INVALID: 401,
  GB_KEY_SCOPE: 403,
  GB_REQUEST_UNKNOWN: 404,
  GB_RUN_UNKNOWN: 404,
  GB_CASE_UNKNOWN: 404,
  GB_KEY_UNKNOWN: 404,
  GB_RUN_GOING: 409,
  GB_RUN_OTHER_PAYLOAD: 409,
  GB_REQUEST_TOO_LARGE: 413,
  GB_ARTIFACT_MISSING: 422,
  GB_ARTIFACT_BROKEN: 422,
  GB_RATE_LIMIT: 429,
  GB_PENDING_LIMIT: 429,
  GB_SERVICE_AWAY: 503,
  GB_BUS_UNAVAILABLE: 503,
  GB_DOCUMENTS_UNAVAILABLE: 503,
  GB_ETCD_UNAVAILABLE: 503,
};

export function problemOf(error: GoboolError, correlationId: string): Problem {
  const { code, message, hint, problems } = error;
  const { title, retryable, hint: generalHint } = ERROR_CATALOGUE[code];
  return {
    type: `urn:gobool:error:${code}`,
    title,
    status: STATUS[code] ?? 500,
    detail: message,
    code,
    correlationId,
    retryable,
    hint: hint ?? generalHint,
    ...(problems.length > 0 && { problems: [...problems] }),
  };
}

/** What fastify throws by itself. */
interface HttpError extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: readonly { readonly instancePath: string; readonly message?: string }[];
  readonly validationContext?: string;
}

/** Coded errors as they are; fastify's by their kind; of anything else nothing is told but that it happened. */
export function codedError(error: unknown): GoboolError {
  if (error instanceof GoboolError) return error;
  const { code, statusCode = 500, message, validation, validationContext = '' } = error as HttpError;
  if (validation !== undefined) {
    const problems = validation.map(({ instancePath, message: what }) => `${validationContext}${instancePath} ${what}`);
    return new GoboolError('GB_REQUEST_INVALID', 'The request does not have its shape.', { problems });
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new GoboolError('GB_REQUEST_TOO_LARGE', 'The body is too large.');
  if (statusCode < 500) return new GoboolError('GB_REQUEST_INVALID', message);
  return new GoboolError('GB_INTERNAL', "The gateway failed; its log has this request's correlation id.");
}
