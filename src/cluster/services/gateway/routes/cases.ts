/** Cases of the error hospital, which command keeps: of his own runs for everybody, all for admins. */
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { CaseId, RunId } from '../../../contracts/fields.ts';
import { CASE_STATES, CaseDetailView, CaseListView } from '../../../contracts/http/case-view.ts';
import { caseResolve } from '../../../contracts/messages/case-resolve.ts';
import { causedBy } from '../../common/trace.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { type Caller, isAdmin } from '../key-ring.ts';
import { queryOf } from '../query-of.ts';
import { send } from '../send.ts';

const params = Type.Object({ caseId: CaseId });

const Filter = Type.Object(
  {
    state: Type.Optional(Type.Enum(CASE_STATES)),
    runId: Type.Optional(RunId),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  { additionalProperties: false },
);

export function caseRoutes(app: App, { commands, bus }: GatewayParts): void {
  const caseOf = async (caseId: string, caller: Caller, correlationId: string): Promise<CaseDetailView> => {
    const found = (await commands.ask(`/cases/${caseId}`, { 'x-correlation-id': correlationId })) as
      | CaseDetailView
      | undefined;
    if (found !== undefined && (isAdmin(caller) || found.keyId === caller.keyId)) return found;
    throw new GoboolError('GB_CASE_UNKNOWN', `There is no case ${caseId} that this key may see.`);
  };

  app.get('/cases', {
    schema: {
      summary: 'Cases of the error hospital, newest first',
      querystring: Filter,
      response: { 200: CaseListView },
    },
    config: { scope: 'read' },
    async handler({ query, caller, id }) {
      const asked = { ...query, ...(!isAdmin(caller) && { keyId: caller.keyId }) };
      return (await commands.ask(`/cases?${queryOf(asked)}`, { 'x-correlation-id': id })) as CaseListView;
    },
  });

  app.get('/cases/:caseId', {
    schema: { summary: 'A case, and what fell ill', params, response: { 200: CaseDetailView } },
    config: { scope: 'read' },
    handler: ({ params: { caseId }, caller, id }) => caseOf(caseId, caller, id),
  });

  for (const action of ['retry', 'discard'] as const) {
    app.post(`/cases/:caseId/${action}`, {
      schema: { summary: SUMMARIES[action], params, response: { 202: params } },
      config: { scope: 'submit' },
      async handler({ params: { caseId }, caller, id, span }, reply) {
        const { runId = caseId } = await caseOf(caseId, caller, id);
        await send(bus, caseResolve, { caseId, keyId: caller.keyId, action }, { key: runId, cause: causedBy(span) });
        return reply.code(202).send({ caseId });
      },
    });
  }
}

const SUMMARIES = { retry: 'Do what fell ill again', discard: 'Give up what fell ill' } as const;
