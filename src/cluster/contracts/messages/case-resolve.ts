import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { CaseId, EXAMPLES } from '../fields.ts';

/** A person decides about a case of the error hospital. `retry`: it is done again; `discard`: it is given up. */
export const caseResolve = defineMessage({
  type: 'case.resolve.v1',
  topic: 'commands',
  schema: Type.Object({
    caseId: CaseId,
    keyId: Type.String({ maxLength: 64 }),
    action: Type.Union([Type.Literal('retry'), Type.Literal('discard')]),
  }),
  example: { caseId: EXAMPLES.caseId, keyId: 'k-0123456789ab', action: 'retry' },
  maxBytes: 1_000,
});
