/** `GET /tasks/:taskId/artifact`: what is kept of a finished task (`contracts/task-artifact.ts`). */
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { TaskId } from '../../../contracts/fields.ts';
import type { Routes } from '../../common/serve-routes.ts';
import type { FilingPorts } from '../filing/file-task.ts';

const ofTask = { schema: { params: Type.Object({ taskId: TaskId }) } };

export const artifactRoutes =
  ({ filings, artifacts }: Pick<FilingPorts, 'filings' | 'artifacts'>): Routes =>
  app =>
    app.get<{ Params: { taskId: string } }>('/tasks/:taskId/artifact', ofTask, async ({ params }, reply) => {
      const filing = await filings.get(params.taskId);
      if (filing === undefined)
        throw new GoboolError('GB_ARTIFACT_MISSING', `The result of ${params.taskId} is not kept, or not yet.`);
      const bytes = await artifacts.get(filing.hash);
      return reply.type('application/octet-stream').header('etag', `"${filing.hash}"`).send(bytes);
    });
