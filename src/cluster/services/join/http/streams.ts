/** `GET /runs/:runId/stream`, `/tasks/:taskId/stream`, `/stream?keyId=`: server-sent events, from where a reader is. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RunId, runIdOf, TaskId } from '../../../contracts/fields.ts';
import type { Routes } from '../../common/serve-routes.ts';
import { followKey } from '../streams/follow-key.ts';
import { followRun } from '../streams/follow-run.ts';
import { followTask, type StreamSources } from '../streams/follow-task.ts';
import type { Channels } from './channels.ts';

const ofRun = { schema: { params: Type.Object({ runId: RunId }) } };
const ofTask = { schema: { params: Type.Object({ taskId: TaskId }) } };
const ofKey = { schema: { querystring: Type.Object({ keyId: Type.String({ minLength: 1, maxLength: 64 }) }) } };

export const streamRoutes =
  (sources: StreamSources, channels: Channels): Routes =>
  app => {
    app.get<{ Params: { runId: string } }>('/runs/:runId/stream', ofRun, (request, reply) => {
      const { runId } = request.params;
      followRun(sources, { runId, version: lastNumber(request, runId) ?? 0 }, channels.open(reply));
    });
    app.get<{ Params: { taskId: string } }>('/tasks/:taskId/stream', ofTask, (request, reply) => {
      const { taskId } = request.params;
      const runId = runIdOf(taskId);
      followTask(sources, { taskId, runId, next: (lastNumber(request, taskId) ?? -1) + 1 }, channels.open(reply));
    });
    app.get<{ Querystring: { keyId: string } }>('/stream', ofKey, (request, reply) => {
      const since = /^[0-9]{1,15}$/.exec(lastEventId(request))?.[0];
      const wanted = { keyId: request.query.keyId, ...(since !== undefined && { sinceMs: Number(since) }) };
      followKey(sources, wanted, channels.open(reply));
    });
  };

const lastEventId = ({ headers }: Pick<FastifyRequest, 'headers'>) => String(headers['last-event-id'] ?? '');

/** `<id>:<number>`, as events are named. Anything else is as if nothing was seen. */
function lastNumber(request: Pick<FastifyRequest, 'headers'>, id: string): number | undefined {
  const [, of, number] = /^(.+):([0-9]{1,9})$/.exec(lastEventId(request)) ?? [];
  return of === id ? Number(number) : undefined;
}
