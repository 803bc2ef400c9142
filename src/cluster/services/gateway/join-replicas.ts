/**
 * The replicas of service `join`, found in etcd. Any of them answers for any run, so one that does not answer is passed
 * over. While etcd is away, those that are known go on.
 */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ServiceEndpoint } from '../../contracts/cluster-objects.ts';
import type { ObjectStore } from '../../ports/objects.ts';

/**
 * For a short answer, or the headers of a stream: longer than a replica waits for news of a run that it does not know.
 */
const ANSWER_TIMEOUT_MS = 3_000;

export class JoinReplicas {
  readonly #endpoints: ObjectStore<ServiceEndpoint | undefined>;
  readonly #urls = new Map<string, string>();
  /** Sockets for short requests. A stream takes one of its own. */
  readonly #agent = new Agent({ keepAlive: true });
  #turn = 0;

  /** Of the kind `SERVICE_ENDPOINTS`. */
  constructor(endpoints: ObjectStore<ServiceEndpoint | undefined>) {
    this.#endpoints = endpoints;
  }

  /** Until the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    for await (const { key, object } of this.#endpoints.watch('join/', signal)) {
      if (object?.value === undefined) this.#urls.delete(key);
      else this.#urls.set(key, object.value.url);
    }
    this.#agent.destroy();
  }

  /** The JSON under the path, or undefined where join knows nothing of it. Throws `GB_SERVICE_AWAY`. */
  ask(path: string, headers: Headers): Promise<unknown> {
    return this.#first(path, headers, this.#agent, async answer => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      return answer.statusCode === 404 ? undefined : JSON.parse(Buffer.concat(parts).toString());
    });
  }

  /**
   * An open answer, or undefined where join knows nothing of it; whoever takes it ends it. Throws `GB_SERVICE_AWAY`.
   */
  open(path: string, headers: Headers): Promise<IncomingMessage | undefined> {
    return this.#first(path, headers, false, async answer => {
      if (answer.statusCode !== 404) return answer;
      answer.destroy();
      return undefined;
    });
  }

  /** Each time beginning with another one, so that all replicas get their share. */
  async #first<T>(path: string, headers: Headers, agent: Agent | false, take: Take<T>): Promise<T> {
    const urls = [...this.#urls.values()];
    const start = this.#turn++ % Math.max(1, urls.length);
    const problems: string[] = [];
    for (const url of [...urls.slice(start), ...urls.slice(0, start)]) {
      try {
        return await answerOf(new URL(path, url), headers, agent, take);
      } catch (error) {
        problems.push(`${url}: ${error instanceof Error ? error.message : error}`);
      }
    }
    const message = urls.length === 0 ? 'No replica of join is registered.' : 'No replica of join answers.';
    throw new GoboolError('GB_SERVICE_AWAY', message, { problems });
  }
}

type Headers = Readonly<Record<string, string>>;
type Take<T> = (answer: IncomingMessage) => Promise<T>;

/** What `take` makes of an answer that is "yes" or "unknown"; everything else, and silence, is an error. */
async function answerOf<T>(url: URL, headers: Headers, agent: Agent | false, take: Take<T>): Promise<T> {
  const outgoing = request(url, { headers, agent });
  // A connection that breaks later fails the answer, which is read, and this too, where nobody would hear it.
  outgoing.on('error', () => {});
  const overdue = setTimeout(() => outgoing.destroy(new Error('no answer in time')), ANSWER_TIMEOUT_MS);
  outgoing.end();
  try {
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    if (answer.statusCode === 200 || answer.statusCode === 404) return await take(answer);
    answer.resume();
    throw new Error(`status ${answer.statusCode}`);
  } finally {
    clearTimeout(overdue);
  }
}
