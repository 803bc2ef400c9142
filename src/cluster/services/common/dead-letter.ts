/** Hands what a service cannot use over to the error hospital, with all that a person needs to see or repeat it. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { DEAD_LETTERS, deadLetterHeaders, splitDeadLetterHeaders } from '../../contracts/dead-letter.ts';
import type { Bus, Message, OutgoingMessage } from '../../ports/bus.ts';

export interface Failure {
  /** Who could not use it. */
  readonly service: string;
  readonly error: unknown;
  /** How often it was tried here. */
  readonly attempts: number;
}

/** Resolves when the log has it. Throws what `Bus.publish` throws. */
export const sendDeadLetter = (bus: Bus, message: Message, failure: Failure): Promise<void> =>
  bus.publish(DEAD_LETTERS, [deadLetter(message, failure)]);

function deadLetter(message: Message, { service, error, attempts }: Failure): OutgoingMessage {
  const { key, value, topic, partition, offset } = message;
  const { own, dead } = splitDeadLetterHeaders(message.headers);
  const { origin, attempts: earlier = '0' } = dead;
  const fields = {
    topic,
    partition,
    offset: String(offset),
    service,
    code: error instanceof GoboolError ? error.code : 'GB_INTERNAL',
    why: error instanceof Error ? error.message : String(error),
    attempts: Number(earlier) + attempts,
    ...(origin !== undefined && { origin }),
  };
  return { ...(key !== null && { key }), value, headers: { ...own, ...deadLetterHeaders(fields) } };
}
