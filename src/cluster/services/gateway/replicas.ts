/**
 * The replicas of one service, found in etcd. Any of them can answer, so one that does not is passed over. While etcd
 * is away, those that are known go on.
 */
import { once } from 'node:events';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { ServiceEndpoint } from '../../contracts/cluster-objects.ts';
import type { Problem } from '../../contracts/http/problem.ts';
import type { ObjectStore } from '../../ports/objects.ts';
import { firstAnswer } from './first-answer.ts';

type Headers = Readonly<Record<string, string>>;
type Request = Pick<RequestOptions, 'method' | 'agent'> & { readonly headers: Headers };
type Take<T> = (answer: IncomingMessage) => Promise<T>;

interface Limits {
  /** Of all together. */
  readonly timeoutMs: number;
  /** Then the next one is asked too. */
  readonly patienceMs: number;
}

/**
 * A short answer, or the headers of a stream: longer than a replica waits for news of a run that it does not know, and
 * not so long that a person wonders.
 */
const QUESTION: Limits = { timeoutMs: 1_900, patienceMs: 500 };

export class Replicas {
  readonly #endpoints: ObjectStore<ServiceEndpoint | undefined>;
  readonly #service: 'join' | 'command';
  readonly #urls = new Map<string, string>();
  /** Sockets for short requests. A stream takes one of its own. */
  readonly #agent = new Agent({ keepAlive: true });
  #turn = 0;

  /** `endpoints`: of the kind `SERVICE_ENDPOINTS`. */
  constructor(endpoints: ObjectStore<ServiceEndpoint | undefined>, service: 'join' | 'command') {
    this.#endpoints = endpoints;
    this.#service = service;
  }

  /** Until the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    for await (const { key, object } of this.#endpoints.watch(`${this.#service}/`, signal)) {
      if (object?.value === undefined) this.#urls.delete(key);
      else this.#urls.set(key, object.value.url);
    }
    this.#agent.destroy();
  }

  /**
   * The JSON under the path, or undefined where the service knows nothing of it. Throws `GB_SERVICE_AWAY`, and what the
   * service refuses.
   */
  ask(path: string, headers: Headers): Promise<unknown> {
    return this.#first(path, { headers, agent: this.#agent }, QUESTION, jsonOf);
  }

  /** What one of them says that was told to do something; it may take as long as `timeoutMs`. Throws as `ask`. */
  async order(path: string, headers: Headers, timeoutMs: number): Promise<object> {
    const request = { method: 'POST', headers, agent: false } as const;
    return this.#first(path, request, { timeoutMs, patienceMs: timeoutMs }, async answer => {
      const said = await jsonOf(answer);
      if (typeof said === 'object' && said !== null) return said;
      throw new Error(`status ${answer.statusCode}`);
    });
  }

  /** An open answer, or undefined where the service knows nothing of it; whoever takes it ends it. Else as `ask`. */
  open(path: string, headers: Headers): Promise<IncomingMessage | undefined> {
    return this.#first(path, { headers, agent: false }, QUESTION, async answer => {
      if (answer.statusCode !== 404) return answer;
      answer.destroy();
      return undefined;
    });
  }

  /** Each time beginning with another one, so that all replicas get their share. */
  async #first<T>(path: string, request: Request, { timeoutMs, patienceMs }: Limits, take: Take<T>): Promise<T> {
    const urls = [...this.#urls.values()];
    const start = this.#turn++ % Math.max(1, urls.length);
    const untilMs = performance.now() + timeoutMs;
    const asks = [...urls.slice(start), ...urls.slice(0, start)].map(url => (signal: AbortSignal) => {
      return answerOf(new URL(path, url), { ...request, signal }, untilMs, take);
    });
    const said = await firstAnswer(asks, patienceMs).catch(error => {
      const problems = error instanceof AggregateError ? error.errors.map(({ message }) => String(message)) : [];
      const message = `No replica of ${this.#service} ${urls.length === 0 ? 'is registered' : 'answers'}.`;
      throw new GoboolError('GB_SERVICE_AWAY', message, { problems });
    });
    if ('refusal' in said) throw said.refusal;
    return said.answer;
  }
}

/** A refusal is an answer: the others would say the same. */
type Said<T> = { readonly answer: T } | { readonly refusal: GoboolError };

/** What `take` makes of an answer that is "yes" or "unknown", or a refusal; all else, and silence, is an error. */
async function answerOf<T>(url: URL, options: RequestOptions, untilMs: number, take: Take<T>): Promise<Said<T>> {
  const outgoing = request(url, options);
  // A connection that breaks later fails the answer, which is read, and this too, where nobody would hear it.
  outgoing.on('error', () => {});
  const overdue = setTimeout(() => outgoing.destroy(new Error('no answer in time')), untilMs - performance.now());
  outgoing.end();
  try {
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { statusCode = 500 } = answer;
    if (statusCode === 200 || statusCode === 404) return { answer: await take(answer) };
    if (statusCode >= 400 && statusCode < 500) return { refusal: await refusalOf(answer) };
    answer.resume();
    throw new Error(`status ${statusCode}`);
  } catch (error) {
    throw new Error(`${url.origin}: ${error instanceof Error ? error.message : error}`);
  } finally {
    clearTimeout(overdue);
  }
}

/** Of a coded problem. Throws where it is none. */
async function refusalOf(answer: IncomingMessage): Promise<GoboolError> {
  const { code, detail, problems = [] } = (await jsonOf(answer)) as Partial<Problem>;
  if (code === undefined || !isErrorCode(code)) throw new Error(`status ${answer.statusCode}`);
  return new GoboolError(code, detail ?? ERROR_CATALOGUE[code].title, { problems });
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CATALOGUE, code);

async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return answer.statusCode === 404 ? undefined : JSON.parse(Buffer.concat(parts).toString());
}
