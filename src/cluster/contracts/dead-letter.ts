/**
 * A message that a service could not use, on topic `dead-letters`: its key, its bytes and its headers as they were,
 * and beside them where it was found and why. Command makes a case of each. When it is tried again, it is published as
 * it was, with `origin` and `attempts` beside, so that it has one case however often it falls ill.
 */
import { type Static, Type } from 'typebox';

export const DEAD_LETTERS = 'dead-letters';

/** Names of headers begin so; those of the message itself do not. */
const PREFIX = 'dead-';

export const DeadLetterFields = Type.Object({
  topic: Type.String(),
  partition: Type.Integer({ minimum: 0 }),
  /** Decimal. */
  offset: Type.String({ pattern: '^[0-9]+$' }),
  /** Who could not use it. */
  service: Type.String(),
  code: Type.String({ pattern: '^GB_[A-Z0-9_]+$' }),
  why: Type.String(),
  /** How often it was tried, all its places together. */
  attempts: Type.Integer({ minimum: 1 }),
  /** Where it was found the first time; absent: it is there. */
  origin: Type.Optional(Type.String()),
});
export type DeadLetterFields = Static<typeof DeadLetterFields>;

const WHY_CHARS = 2_000;

export const deadLetterHeaders = (fields: DeadLetterFields): Record<string, string> =>
  prefixed({ ...fields, why: fields.why.slice(0, WHY_CHARS).toWellFormed() });

/** Of a message that is tried again. */
export const retryHeaders = (history: { readonly origin: string; readonly attempts: number }): Record<string, string> =>
  prefixed(history);

const prefixed = (fields: object): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [PREFIX + name, String(value)]));

/** What was said of it beside its own headers. Values are text. */
export function splitDeadLetterHeaders(headers: Readonly<Record<string, string>>): {
  readonly own: Readonly<Record<string, string>>;
  readonly dead: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(headers);
  const own = entries.filter(([name]) => !name.startsWith(PREFIX));
  const dead = entries
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value]);
  return { own: Object.fromEntries(own), dead: Object.fromEntries(dead) };
}
