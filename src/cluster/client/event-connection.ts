/** One connection of a stream, until it breaks. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Failure, type GatewayAddress, send } from './request.ts';

/** The gateway sends at least a heartbeat in this time, or the connection is dead. */
const SILENCE_MS = 30_000;
/** One event; the largest is a piece of 8 MB in base64. */
const EVENT_CHARS_MAX = 16_000_000;

export class EventConnection implements Disposable {
  /** Why it ended. */
  failure: unknown = new Error('it hangs up');
  readonly #gateway: GatewayAddress;
  readonly #path: string;
  readonly #lastId: string | undefined;
  readonly #closed = new AbortController();
  readonly #signal: AbortSignal;

  /** `lastId`: of the event after which it begins. */
  constructor(gateway: GatewayAddress, path: string, lastId: string | undefined, signal: AbortSignal) {
    this.#gateway = gateway;
    this.#path = path;
    this.#lastId = lastId;
    this.#signal = AbortSignal.any([signal, this.#closed.signal]);
  }

  [Symbol.dispose](): void {
    this.#closed.abort();
  }

  /** Events as they arrive, empty lists for heartbeats. Ends where it breaks; throws refusals that are to last. */
  async *read(): AsyncGenerator<readonly EventSourceMessage[]> {
    using watch = this.#watchSilence();
    const body = await this.#open();
    const events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: event => events.push(event), maxBufferSize: EVENT_CHARS_MAX });
    try {
      for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        watch.heard();
        parser.feed(text);
        yield events.splice(0);
      }
    } catch (error) {
      this.failure = error;
    }
  }

  /** Undefined where it failed for a reason that may pass. */
  async #open(): Promise<Response['body'] | undefined> {
    const headers = {
      accept: 'text/event-stream',
      ...(this.#lastId !== undefined && { 'last-event-id': this.#lastId }),
    };
    const response = await send(this.#gateway, { method: 'GET', path: this.#path, headers, signal: this.#signal });
    if (!(response instanceof Failure)) return response.body;
    if (response.isLasting) throw response.error;
    this.failure = response.error;
    return undefined;
  }

  #watchSilence(): Disposable & { readonly heard: () => void } {
    const timer = setTimeout(() => this.#closed.abort(new Error('it is silent')), SILENCE_MS);
    return { heard: () => void timer.refresh(), [Symbol.dispose]: () => clearTimeout(timer) };
  }
}
