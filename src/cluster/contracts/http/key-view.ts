/** What the gateway shows of API keys, to whom has the scope `admin`. */
import { type Static, Type } from 'typebox';
import { TimeMs } from '../fields.ts';

const Scope = Type.Union([Type.Literal('submit'), Type.Literal('read'), Type.Literal('admin')]);

/** Body of `POST /v1/keys`. */
export const NewKeyBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  scopes: Type.Array(Scope, { minItems: 1, uniqueItems: true }),
  /** From then on it is refused; null: never. */
  expiresMs: Type.Union([TimeMs, Type.Null()]),
});
export type NewKeyBody = Static<typeof NewKeyBody>;

/** Its answer: the only copy of the key. */
export const CreatedKeyView = Type.Object({ keyId: Type.String(), key: Type.String() });
export type CreatedKeyView = Static<typeof CreatedKeyView>;

export const KeyView = Type.Object({
  keyId: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Scope),
  createdMs: TimeMs,
  expiresMs: Type.Union([TimeMs, Type.Null()]),
});
export type KeyView = Static<typeof KeyView>;

/** `GET /v1/keys`. */
export const KeyListView = Type.Object({ keys: Type.Array(KeyView) });
export type KeyListView = Static<typeof KeyListView>;
