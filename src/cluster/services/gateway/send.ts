/**
 * Puts a message into topic `commands`: what is answered with 202 is there, and will be done. What is answered with
 * `GB_BUS_UNAVAILABLE` may be there too: whoever sends it again does no harm.
 */
import type { Static, TSchema } from 'typebox';
import { encodeMessage, type MessageContract } from '../../contracts/define-message.ts';
import type { Bus } from '../../ports/bus.ts';
import { type Cause, causeHeaders } from '../common/trace.ts';
import { unlessSilent } from './soon.ts';

interface Envelope {
  /** Messages of one are handled in order. */
  readonly key: string;
  readonly cause: Cause;
}

export async function send<S extends TSchema>(
  bus: Bus,
  contract: MessageContract<S>,
  message: Static<S>,
  envelope: Envelope,
): Promise<void> {
  await sendAll(bus, contract, [message], envelope);
}

export async function sendAll<S extends TSchema>(
  bus: Bus,
  contract: MessageContract<S>,
  messages: readonly Static<S>[],
  { key, cause }: Envelope,
): Promise<void> {
  const { topic, type } = contract;
  const headers = { type, ...causeHeaders(cause) };
  const sent = bus.publish(
    topic,
    messages.map(message => ({ key, value: encodeMessage(contract, message), headers })),
  );
  await unlessSilent('GB_BUS_UNAVAILABLE', sent);
}
