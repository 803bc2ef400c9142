/**
 * `GET /tasks/:taskId/artifact`: what is kept of a finished task (`contracts/task-artifact.ts`). `/tasks/:taskId/rows`:
 * of a run, the result joined with its bars, as lines of JSON.
 */
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { TaskId } from '../../../contracts/fields.ts';
import type { Routes } from '../../common/serve-routes.ts';
import type { FilingPorts } from '../filing/file-task.ts';
import { joinedRows } from '../rows/joined-rows.ts';

const ofTask = { schema: { params: Type.Object({ taskId: TaskId }) } };

export const artifactRoutes =
  ({ views, filings, artifacts }: FilingPorts): Routes =>
  app => {
    app.get<{ Params: { taskId: string } }>('/tasks/:taskId/artifact', ofTask, async ({ params }, reply) => {
      const filing = await filings.get(params.taskId);
      if (filing === undefined)
        throw new GoboolError('GB_ARTIFACT_MISSING', `The result of ${params.taskId} is not kept, or not yet.`);
      const bytes = await artifacts.get(filing.hash);
      return reply.type('application/octet-stream').header('etag', `"${filing.hash}"`).send(bytes);
    });
    app.get<{ Params: { taskId: string } }>('/tasks/:taskId/rows', ofTask, async ({ params }, reply) => {
      const rows = await joinedRows({ views, artifacts }, params.taskId);
      return reply.type('application/x-ndjson').send(Readable.from(rows));
    });
  };
