/**
 * A message of the log is data with a version in its name, a schema, an example and a size. What one release sent,
 * every later one must read: `tests/fixtures/messages` keeps what was sent.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Static, TSchema } from 'typebox';
import { GoboolError } from '../../runtime/base/error.ts';

export interface MessageContract<S extends TSchema = TSchema> {
  /** `task.claimed.v1`: the header `type`. A change that old readers do not understand gets another number. */
  readonly type: string;
  readonly topic: string;
  readonly schema: S;
  readonly example: Static<S>;
  /** Of the encoded value. */
  readonly maxBytes: number;
}

export function defineMessage<S extends TSchema>(contract: MessageContract<S>): MessageContract<S> {
  return contract;
}

export type MessageOf<C> = C extends MessageContract<infer S> ? Static<S> : never;

const ajv = new Ajv({ allErrors: true, strict: false });
const validators = new WeakMap<TSchema, ValidateFunction>();

/** JSON text. Throws `GB_MESSAGE_INVALID` on what its readers would refuse: a programmer's mistake shows at once. */
export function encodeMessage<S extends TSchema>(contract: MessageContract<S>, message: Static<S>): string {
  const text = JSON.stringify(message);
  check(contract, message, Buffer.byteLength(text));
  return text;
}

/** Throws `GB_MESSAGE_INVALID` with every problem. */
export function decodeMessage<S extends TSchema>(contract: MessageContract<S>, value: Buffer): Static<S> {
  let message: unknown;
  try {
    message = JSON.parse(value.toString('utf8'));
  } catch {
    throw new GoboolError('GB_MESSAGE_INVALID', `A ${contract.type} is not JSON.`);
  }
  check(contract, message, value.length);
  return message as Static<S>;
}

function check({ type, schema, maxBytes }: MessageContract, message: unknown, bytes: number): void {
  if (bytes > maxBytes)
    throw new GoboolError('GB_MESSAGE_INVALID', `A ${type} has ${bytes} bytes, of ${maxBytes} at most.`);
  const validate = validatorOf(schema);
  if (validate(message)) return;
  const problems = (validate.errors ?? []).map(({ instancePath, message: what }) => `${instancePath || '/'} ${what}`);
  throw new GoboolError('GB_MESSAGE_INVALID', `A ${type} does not have the shape of one.`, { problems });
}

function validatorOf(schema: TSchema): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(schema);
  validators.set(schema, validate);
  return validate;
}
