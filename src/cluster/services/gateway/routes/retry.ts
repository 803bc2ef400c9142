/**
 * `POST /runs/:runId/retry`. A run that is over is submitted again, as it was, for its own key, under an id of its own;
 * its deadline is not set again. One in the hospital keeps its id: what fell ill of it is done again.
 */
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { RunId } from '../../../contracts/fields.ts';
import type { OpenCases } from '../../../contracts/http/case-view.ts';
import { isOver } from '../../../contracts/http/run-over.ts';
import type { SubmissionView } from '../../../contracts/http/run-view.ts';
import { caseResolve } from '../../../contracts/messages/case-resolve.ts';
import { causedBy, type Span } from '../../common/trace.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { queryOf } from '../query-of.ts';
import { type RunViews, unknownRun } from '../run-views.ts';
import { sendAll } from '../send.ts';
import { IdempotencyKey, type SubmitRun } from '../submit-run.ts';

const params = Type.Object({ runId: RunId });

export function retryRoutes(app: App, parts: GatewayParts, views: RunViews, submitting: SubmitRun): void {
  app.post('/runs/:runId/retry', {
    schema: { summary: 'Run it again', params, headers: IdempotencyKey, response: { 202: params } },
    config: { scope: 'submit' },
    async handler({ params: { runId }, headers, caller, id, span }, reply) {
      const { state, keyId } = await views.view(runId, caller, id);
      if (state === 'hospital') {
        await retryCases(parts, runId, caller.keyId, span);
        return reply.code(202).send({ runId });
      }
      if (!isOver(state)) throw new GoboolError('GB_RUN_GOING', `Run ${runId} is ${state}.`);
      const { name, priority, spec, callback } = await submissionOf(parts, runId, id);
      const again = { name, priority, spec, ...(callback !== undefined && { callback }) };
      const submitter = { keyId, idempotencyKey: headers['idempotency-key'], cause: causedBy(span) };
      const newId = await submitting.submit(again, submitter);
      return reply.code(202).header('location', `/v1/runs/${newId}`).send({ runId: newId });
    },
  });
}

async function submissionOf({ joins }: GatewayParts, runId: string, correlationId: string): Promise<SubmissionView> {
  const submission = await joins.ask(`/runs/${runId}/spec`, { 'x-correlation-id': correlationId });
  if (submission === undefined) throw unknownRun(runId);
  return submission as SubmissionView;
}

/** However many they are. One that falls ill again meanwhile is not retried twice: its id was passed. */
async function retryCases({ commands, bus }: GatewayParts, runId: string, keyId: string, span: Span): Promise<void> {
  const headers = { 'x-correlation-id': span.correlationId };
  const envelope = { key: runId, cause: causedBy(span) };
  for (let after: string | undefined = ''; after !== undefined; ) {
    const answer = await commands.ask(`/runs/${runId}/open-cases?${queryOf({ after })}`, headers);
    const { caseIds, isAll } = answer as OpenCases;
    const retries = caseIds.map(caseId => ({ caseId, keyId, action: 'retry' as const }));
    await sendAll(bus, caseResolve, retries, envelope);
    after = isAll ? undefined : caseIds.at(-1);
  }
}
