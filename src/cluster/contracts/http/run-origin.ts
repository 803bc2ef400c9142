/** What command tells a gateway of a run that it has taken in. */
import { type Static, Type } from 'typebox';
import { Hash } from '../fields.ts';

export const RunOrigin = Type.Object({
  /** Of whoever submitted it. */
  keyId: Type.String(),
  /** Of what was submitted. */
  payloadHash: Hash,
});
export type RunOrigin = Static<typeof RunOrigin>;
