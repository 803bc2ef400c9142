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
    const { address, authorization } = splitLogin(url);
    const response = await fetch(address, {
      method: 'POST',
      headers: { ...headers, ...authorization, 'content-type': 'application/json' },
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

/** `fetch` refuses an address with a name and a password. They go where they would go from any other client. */
function splitLogin(url: string) {
  const address = new URL(url);
  const { username, password } = address;
  [address.username, address.password] = ['', ''];
  if (username === '' && password === '') return { address, authorization: {} };
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  return { address, authorization: { authorization: `Basic ${login}` } };
}

/** A `%` that stands for itself stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'The address';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
