/** What a replica's writer counts and tells, over in-memory adapters. */
import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { memoryDocuments } from '../../../../src/cluster/adapters/memory/documents.ts';
import { encodeMessage } from '../../../../src/cluster/contracts/define-message.ts';
import { EXAMPLES } from '../../../../src/cluster/contracts/fields.ts';
import { taskCompleted } from '../../../../src/cluster/contracts/messages/task-events.ts';
import { PIECE_TYPE } from '../../../../src/cluster/contracts/piece.ts';
import type { OutgoingMessage } from '../../../../src/cluster/ports/bus.ts';
import { newCounters } from '../../../../src/cluster/services/join/counters.ts';
import { joinMetrics } from '../../../../src/cluster/services/join/metrics.ts';
import { viewsOf } from '../../../../src/cluster/services/join/store/views.ts';
import { WRITER_GROUP, WRITER_TOPICS, writerOf } from '../../../../src/cluster/services/join/store/writer.ts';

const { taskId, runId } = EXAMPLES;
const TRACE = { 'correlation-id': 'c-1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

function piece(text: string): OutgoingMessage {
  const hash = createHash('sha256').update(text).digest('hex');
  const headers = { type: PIECE_TYPE, taskId, runId, attempt: '1', seq: '0', hash, ...TRACE };
  return { key: taskId, value: text, headers };
}

const COMPLETED = {
  key: taskId,
  value: encodeMessage(taskCompleted, taskCompleted.example),
  headers: { type: taskCompleted.type, ...TRACE },
};

function open() {
  const bus = memoryBus();
  for (const topic of [...WRITER_TOPICS, 'dead-letters']) bus.makeTopic(topic, 1);
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: {} }, { write: line => lines.push(JSON.parse(line)) });
  const counters = newCounters();
  const metrics = joinMetrics({ bus, counters, openStreams: () => 3 });
  const views = viewsOf(() => memoryDocuments());
  const values = async () =>
    Object.fromEntries(
      [...(await metrics.page()).matchAll(/^gobool_join_(\w+)\{.*\} (\d+)$/gm)].map(([, n, v]) => [n, Number(v)]),
    );
  return { bus, lines, values, handler: writerOf({ bus, views, counters, log }) };
}

test('counts what it stored, what it could not read, and what is left to do', async () => {
  const { bus, values, handler } = open();
  await bus.publish('results', [piece('one'), piece('one'), piece('other'), { key: taskId, value: '', headers: {} }]);
  expect(await values()).toEqual({
    stored_pieces_total: 0,
    stored_bytes_total: 0,
    conflicts_total: 0,
    unreadable_messages_total: 0,
    open_streams: 3,
    lag_messages: 4,
  });
  const options = { group: WRITER_GROUP, topics: WRITER_TOPICS, from: 'beginning', batchHandler: handler } as const;
  const subscription = await bus.subscribe(options);
  await expect.poll(values, { timeout: 10_000 }).toEqual({
    stored_pieces_total: 1,
    stored_bytes_total: 3,
    conflicts_total: 1,
    unreadable_messages_total: 1,
    open_streams: 3,
    lag_messages: 0,
  });
  await subscription.close();
});

test('the end of a task is a line of the log, in its trace', async () => {
  const { bus, lines, handler } = open();
  const messages: Parameters<typeof handler>[0][number][] = [];
  await bus.publish('task-events', [COMPLETED]);
  const subscription = await bus.subscribe({
    group: 'test',
    topics: ['task-events'],
    from: 'beginning',
    handler: async message => void messages.push(message),
  });
  await expect.poll(() => messages.length, { timeout: 5_000 }).toBe(1);
  await subscription.close();
  await handler(messages);
  expect(lines).toMatchObject([
    {
      msg: 'result stored',
      key: taskId,
      correlationId: 'c-1',
      traceId: 'a'.repeat(32),
      parentSpanId: 'b'.repeat(16),
      durationMs: expect.any(Number),
    },
  ]);
});
