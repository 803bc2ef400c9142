/** Tells somebody outside something, once. A redirection is no answer: nobody asked for another address. */

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** For all of it. */
const LIMIT_MS = 5_000;

/** Resolves to what went wrong; to nothing where the answer is 2xx. Query and password of the address stay secret. */
export async function postJson({ url, headers, body }: Post, signal: AbortSignal): Promise<string | undefined> {
  const where = placeOf(url);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `${where} answered ${response.status}.`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return isLate ? `${where} did not answer within ${LIMIT_MS / 1000} s.` : `${where} cannot be reached.`;
  }
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'The address';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
