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
  { key, cause }: Envelope,
): Promise<void> {
  const { topic, type } = contract;
  const value = encodeMessage(contract, message);
  const sent = bus.publish(topic, [{ key, value, headers: { type, ...causeHeaders(cause) } }]);
  await unlessSilent('GB_BUS_UNAVAILABLE', sent);
}
