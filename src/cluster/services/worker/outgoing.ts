/**
 * What a worker sends. It waits for a bus that is away, and says nothing once its lease is over: somebody else may do
 * its task by then. Events go out one by one, in the order of the calls; pieces beside them.
 */
import type { Static, TSchema } from 'typebox';
import { encodeMessage, type MessageContract } from '../../contracts/define-message.ts';
import { PIECE_TYPE, type PieceHeaders } from '../../contracts/piece.ts';
import type { Bus, OutgoingMessage } from '../../ports/bus.ts';
import type { Lease } from '../../ports/leases.ts';
import { type Waiting, waitOut } from '../common/engines-away.ts';
import { type Cause, causeHeaders } from '../common/trace.ts';

const RESULTS = 'results';

export interface OutgoingOptions extends Waiting {
  readonly bus: Bus;
  readonly lease: Lease;
  /** Told of the first event that cannot be sent for good. */
  readonly fail: (error: unknown) => void;
}

export class Outgoing {
  readonly #options: OutgoingOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  /** Resolves when the bus has it; an error is told to `fail` too, so nobody has to await it. */
  event<S extends TSchema>(
    contract: MessageContract<S>,
    event: Static<S> & { readonly taskId: string },
    cause: Cause,
  ): Promise<void> {
    const { type, topic } = contract;
    const headers = { type, ...causeHeaders(cause) };
    const message = { key: event.taskId, value: encodeMessage(contract, event), headers };
    const sent = this.#last.then(() => this.#publish(topic, message));
    sent.catch(this.#options.fail);
    this.#last = sent;
    return sent;
  }

  /** Resolves when the bus has it. */
  piece(headers: PieceHeaders, frame: Buffer, cause: Cause): Promise<void> {
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return this.#publish(RESULTS, {
      key: headers.taskId,
      value: frame,
      headers: { type: PIECE_TYPE, ...causeHeaders(cause), ...Object.fromEntries(texts) },
    });
  }

  /** Resolves when all events have gone out. */
  async flushed(): Promise<void> {
    await this.#last;
  }

  #publish(topic: string, message: OutgoingMessage): Promise<void> {
    const { bus, lease } = this.#options;
    const publish = () => {
      lease.check();
      return bus.publish(topic, [message]);
    };
    return waitOut(`publish to ${topic}`, publish, this.#options);
  }
}
