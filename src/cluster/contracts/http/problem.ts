/** An error as the gateway says it: a document of RFC 9457, and what a program needs to go on. */
import { type Static, Type } from 'typebox';

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  /** Of the catalogue: `gobool explain <code>`. */
  code: Type.String(),
  correlationId: Type.String(),
  /** Whether the same request can succeed later. */
  retryable: Type.Boolean(),
  hint: Type.String(),
  /** Several at once, one each; of missing artifacts their hashes. */
  problems: Type.Optional(Type.Array(Type.String())),
});
export type Problem = Static<typeof Problem>;
