/** Runs: list, show, move in the queue, cancel. */
import { type Static, Type } from 'typebox';
import { parseConditions } from '../../../../runtime/base/conditions.ts';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { Priority, RunId } from '../../../contracts/fields.ts';
import { RUN_NUMBERS, RUN_STATES, RunListView, RunView } from '../../../contracts/http/run-view.ts';
import { runCancel } from '../../../contracts/messages/run-cancel.ts';
import { runReorder } from '../../../contracts/messages/run-reorder.ts';
import { causedBy } from '../../common/trace.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { type Caller, isAdmin } from '../key-ring.ts';
import { queryOf } from '../query-of.ts';
import type { QueueViews } from '../queue-views.ts';
import type { RunViews } from '../run-views.ts';
import { send } from '../send.ts';

const params = Type.Object({ runId: RunId });
const Taken = { 202: Type.Object({ runId: RunId }) };

const Place = Type.Object(
  { priority: Type.Optional(Priority), to: Type.Optional(Type.Union([Type.Literal('front'), Type.Literal('back')])) },
  { minProperties: 1, additionalProperties: false },
);

const Filter = Type.Object(
  {
    state: Type.Optional(Type.Enum(RUN_STATES)),
    kind: Type.Optional(Type.String({ maxLength: 20 })),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    /** `completed>=10 and priority>0`. */
    where: Type.Optional(Type.String({ maxLength: 1_000 })),
    /** Of others only for `admin`. */
    keyId: Type.Optional(Type.String({ maxLength: 64 })),
    /** `next` of the page before. */
    before: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  { additionalProperties: false },
);

export function runRoutes(app: App, { bus, joins }: GatewayParts, views: RunViews, queue: QueueViews): void {
  app.get('/runs', {
    schema: { summary: 'Runs, newest first', querystring: Filter, response: { 200: RunListView } },
    config: { scope: 'read' },
    async handler({ query, caller, id }) {
      return (await joins.ask(`/runs?${filterFor(query, caller)}`, { 'x-correlation-id': id })) as RunListView;
    },
  });

  app.get('/runs/:runId', {
    schema: { summary: 'Everything about one run', params, response: { 200: RunView } },
    config: { scope: 'read' },
    handler: async ({ params: { runId }, caller, id }) => queue.placed(await views.view(runId, caller, id)),
  });

  app.patch('/runs/:runId', {
    schema: { summary: 'Move a run in the queue', params, body: Place, response: Taken },
    config: { scope: 'submit' },
    async handler({ params: { runId }, body, caller, id, span }, reply) {
      const keyId = await views.keyFor(runId, caller, id);
      await send(bus, runReorder, { runId, keyId, ...body }, { key: runId, cause: causedBy(span) });
      return reply.code(202).send({ runId });
    },
  });

  app.delete('/runs/:runId', {
    schema: { summary: 'Cancel a run', params, response: Taken },
    config: { scope: 'submit' },
    async handler({ params: { runId }, caller, id, span }, reply) {
      const keyId = await views.keyFor(runId, caller, id);
      await send(bus, runCancel, { runId, keyId }, { key: runId, cause: causedBy(span) });
      return reply.code(202).send({ runId });
    },
  });
}

/** Whoever is no admin sees the runs of his own key only. Throws `GB_CONDITION`, `GB_KEY_SCOPE`. */
function filterFor({ where, ...filter }: Static<typeof Filter>, caller: Caller): string {
  if (where !== undefined) parseConditions(where, RUN_NUMBERS);
  if (filter.keyId !== undefined && filter.keyId !== caller.keyId && !isAdmin(caller)) {
    throw new GoboolError('GB_KEY_SCOPE', `Key ${caller.keyId} has no scope admin, so it sees its own runs only.`);
  }
  const own = isAdmin(caller) ? {} : { keyId: caller.keyId };
  return queryOf({ ...filter, ...(where !== undefined && { where }), ...own });
}
