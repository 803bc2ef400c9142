/** One request to a gateway, and what it answers. */
import type { SmallGateway } from './small-gateway.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export async function ask({ url }: Pick<SmallGateway, 'url'>, method: string, path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, { method, ...init });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** As the owner of a key; `body` is sent as JSON. */
export function askAs(
  gateway: SmallGateway,
  authorization: string,
  method: string,
  path: string,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = { authorization, ...more };
  if (body === undefined) return ask(gateway, method, path, { headers });
  return ask(gateway, method, path, { headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(body) });
}

export const keyIdOf = (authorization: string): string => authorization.slice(10, 24);
