/** Puts a message into topic `commands`: what is answered with 202 is there, and will be done. */
import type { Static, TSchema } from 'typebox';
import { encodeMessage, type MessageContract } from '../../contracts/define-message.ts';
import type { Bus } from '../../ports/bus.ts';
import { type Cause, causeHeaders } from '../common/trace.ts';

interface Envelope {
  /** Messages of one are handled in order. */
  readonly key: string;
  readonly cause: Cause;
}

export async function send<S extends TSchema>(
  bus: Bus,
  contract: MessageContract<S>,
  message: Static<S>,
  { key, cause }: Envelope,
): Promise<void> {
  const { topic, type } = contract;
  const value = encodeMessage(contract, message);
  await bus.publish(topic, [{ key, value, headers: { type, ...causeHeaders(cause) } }]);
}
