/** What a gateway refuses (RFC 9457, `application/problem+json`), as the error that this program would throw itself. */
import { type ErrorData, GoboolError } from '../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../runtime/base/error-codes/index.ts';

/** Members beside those of the standard. */
interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly title?: unknown;
  readonly hint?: unknown;
  readonly problems?: unknown;
  readonly correlationId?: unknown;
}

/** Whether the same request may succeed in a moment. */
export const isPassing = (status: number): boolean => [408, 425, 429, 502, 503, 504].includes(status);

/** Whether it says that the request was not even begun: too late, too early, too many. */
export const isUntaken = (status: number): boolean => [408, 425, 429].includes(status);

/** Reads the body. An answer that is no problem of ours is `GB_CLUSTER_UNREACHABLE`: somebody else listens there. */
export async function problemOf(response: Response, url: string): Promise<GoboolError> {
  const body: unknown = await response.json().catch(() => undefined);
  const refusal = refusalIn(body);
  if (refusal !== undefined) return refusal;
  const { code, detail, title, correlationId } = membersOf(body);
  const said = [code, [detail, title].find(isText)].filter(isText);
  const what = [response.status, ...said].join(' ');
  const message = `The gateway at ${url} answered ${what}${requestText(correlationId)}.`;
  return new GoboolError('GB_CLUSTER_UNREACHABLE', message);
}

/** What the body of an answer says, whatever its status: undefined where it is no problem of ours. */
export function refusalIn(body: unknown): GoboolError | undefined {
  const { code, detail, title, hint, problems, correlationId } = membersOf(body);
  if (!isKnown(code)) return undefined;
  const said = [detail, title].find(isText) ?? ERROR_CATALOGUE[code].title;
  return new GoboolError(code, said + requestText(correlationId), {
    ...(typeof hint === 'string' && { hint }),
    ...(Array.isArray(problems) && { problems: problems.map(String) }),
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';

const membersOf = (body: unknown): Problem => (typeof body === 'object' && body !== null ? body : {});

const requestText = (correlationId: unknown): string => (isText(correlationId) ? ` (request ${correlationId})` : '');

/** An error that a service made, with a code that this version may not know. */
export function knownError(data: { readonly code: string; readonly message: string }): ErrorData {
  if (isKnown(data.code)) return { ...data, code: data.code };
  return { code: 'GB_CLUSTER_UNREACHABLE', message: `The cluster says ${data.code}: ${data.message}` };
}

function isKnown(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CATALOGUE, code);
}
