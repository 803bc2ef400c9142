/**
 * Every service says over HTTP how it is: `GET /health`, 200 where it can do its work now, else what it misses. One
 * that misses an engine is alive: it waits, and needs no other start.
 */
import type { Problem } from '../../contracts/http/problem.ts';
import { urlOf } from '../addresses.ts';
import type { Ports } from '../cluster-facts.ts';
import type { ServiceName } from '../component.ts';

/** Throws where it does not answer at all. */
export async function requireAlive(name: ServiceName, ports: Ports, signal: AbortSignal): Promise<void> {
  await answerOf(`${urlOf(name, ports)}/health`, { signal });
}

/** What it says of itself, as JSON. Throws what it misses. */
export async function healthOf(name: ServiceName, ports: Ports, signal: AbortSignal): Promise<unknown> {
  const { status, text } = await answerOf(`${urlOf(name, ports)}/health`, { signal });
  if (status !== 200) throw new Error(`it cannot work now: ${saidIn(text)}`);
  return JSON.parse(text);
}

/** Of a problem (RFC 9457) what it says; anything else as it is. */
function saidIn(text: string): string {
  try {
    const { detail, problems = [] } = JSON.parse(text) as Partial<Problem>;
    return detail === undefined ? text : [detail, ...problems].join(' ');
  } catch {
    return text;
  }
}

/** `fetch` keeps its connection, and makes a new one after it broke. */
export async function answerOf(url: string, init: RequestInit & { readonly signal: AbortSignal }) {
  const response = await fetch(url, init).catch((error: unknown) => {
    init.signal.throwIfAborted();
    throw new Error(`no answer from ${url}.`, { cause: error });
  });
  return { status: response.status, text: await response.text() };
}
