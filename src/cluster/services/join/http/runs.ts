/** `GET /runs`, `/runs/:runId`, `/runs/:runId/spec`: lists, everything about one run, and what was submitted. */
import { Type } from 'typebox';
import { RunId } from '../../../contracts/fields.ts';
import type { SubmissionView } from '../../../contracts/http/run-view.ts';
import type { Routes } from '../../common/serve-routes.ts';
import type { Views } from '../store/views.ts';
import type { StreamSources } from '../streams/follow-task.ts';
import { knownRun } from './known-run.ts';
import { listRuns, type RunQuery } from './list-runs.ts';
import { runView } from './run-view.ts';

const params = Type.Object({ runId: RunId });
const Text = Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 }));
const querystring = Type.Object({
  ...{ keyId: Text, state: Text, kind: Text, name: Text, where: Text, before: Text },
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
});

type OneRun = { Params: { runId: string } };
type List = { Querystring: RunQuery['equal'] & Omit<RunQuery, 'equal'> };

export const runRoutes =
  (sources: StreamSources): Routes =>
  app => {
    app.get<List>('/runs', { schema: { querystring } }, ({ query: { where, before, limit, ...equal } }) =>
      listRuns(sources.views, { equal, limit, ...(where && { where }), ...(before && { before }) }),
    );
    app.get<OneRun>('/runs/:runId', { schema: { params } }, ({ params: { runId } }) =>
      knownRun(sources, runId, () => runView(sources, runId)),
    );
    app.get<OneRun>('/runs/:runId/spec', { schema: { params } }, ({ params: { runId } }) =>
      knownRun(sources, runId, () => submissionView(sources.views, runId)),
    );
  };

async function submissionView({ submissions }: Views, id: string): Promise<SubmissionView | undefined> {
  const submission = await submissions.get(id);
  if (submission === undefined) return undefined;
  const { _id: runId, ...fields } = submission;
  return { runId, ...fields };
}
