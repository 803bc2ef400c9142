/** What is kept of a task that is done: its artifact, and its result joined with its bars. */
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { runIdOf, TaskId } from '../../../contracts/fields.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { passOn } from '../pass-on.ts';
import type { RunViews } from '../run-views.ts';

const RESULTS = [
  {
    name: 'artifact',
    type: 'application/octet-stream',
    summary: 'A finished task: its end and the pieces of its result',
  },
  { name: 'rows', type: 'application/x-ndjson', summary: 'The bars of a finished run with what it did at each' },
] as const;

export function taskResultRoutes(app: App, { joins }: GatewayParts, views: RunViews): void {
  for (const { name, type, summary } of RESULTS)
    app.get(`/tasks/:taskId/${name}`, {
      schema: { summary, params: Type.Object({ taskId: TaskId }), produces: [type] },
      config: { scope: 'read', holds: 'downloads' },
      async handler(request, reply) {
        const { taskId } = request.params;
        await views.ownerOf(runIdOf(taskId), request.caller, request.id);
        const source = await joins.open(`/tasks/${taskId}/${name}`, { 'x-correlation-id': request.id });
        if (source === undefined)
          throw new GoboolError('GB_ARTIFACT_MISSING', `Of ${taskId} nothing is kept, or not yet.`);
        await passOn(source, type, request, reply);
      },
    });
}
