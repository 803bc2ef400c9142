/**
 * Does for workers what gateway, command and join do: stores artifacts, gives tasks to slots, reads what comes of
 * them.
 */
import { randomBytes } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../src/cluster/adapters/etcd/etcd-objects.ts';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import { gridfsArtifacts } from '../../src/cluster/adapters/mongo/gridfs-artifacts.ts';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import type { WorkerOffer } from '../../src/cluster/contracts/cluster-objects.ts';
import { encodeMessage } from '../../src/cluster/contracts/define-message.ts';
import { taskStart } from '../../src/cluster/contracts/messages/task-start.ts';
import { taskStop } from '../../src/cluster/contracts/messages/task-stop.ts';
import { PIECE_TYPE } from '../../src/cluster/contracts/piece.ts';
import type { TaskSpec } from '../../src/cluster/contracts/run-spec.ts';
import type { Message } from '../../src/cluster/ports/bus.ts';
import { ETCD_KEYS } from '../../src/cluster/schema/etcd-layout.ts';
import type { ServiceSettings } from '../../src/cluster/services/common/settings.ts';

/** A message with the time at which it was seen here. */
export interface Seen {
  readonly type: string;
  readonly seenMs: number;
  readonly headers: Message['headers'];
  readonly value: Buffer;
  /** Of an event. Its contract says what is in it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into every kind of event.
  readonly body: Record<string, any>;
}

export interface SentTask {
  readonly taskId: string;
  readonly sentMs: number;
}

export async function taskDesk(settings: ServiceSettings) {
  const kafka = kafkaClient({ brokers: [settings.kafka], clientId: 'desk', timeoutMs: 5_000, retries: 5 });
  const bus = kafkaBus(kafka);
  const etcd = etcdClient(`http://${settings.etcd}`);
  const mongodb = mongoClient({ ...settings.mongodb, timeoutMs: 5_000 });
  const offers = etcdObjects<WorkerOffer>(etcd, { prefix: ETCD_KEYS.workers, parse: value => value as WorkerOffer });
  const claims = etcdObjects<{ workerId: string }>(etcd, {
    prefix: ETCD_KEYS.partitions,
    parse: value => value as { workerId: string },
  });
  const seen = new Map<string, Seen[]>();
  const subscription = await bus.subscribe({
    group: `desk-${randomBytes(6).toString('hex')}`,
    topics: ['task-events', 'results'],
    from: 'latest',
    handler: async ({ topic, key, headers, value }) => {
      const body = topic === 'results' ? {} : JSON.parse(value.toString());
      const all = seen.get(key ?? '') ?? [];
      all.push({ type: headers.type ?? '', seenMs: performance.now(), headers, value, body });
      seen.set(key ?? '', all);
    },
  });
  await subscription.positioned;
  onTestFinished(async () => {
    await bus.close();
    etcd.close();
    await mongodb.close();
  });

  const seenOf = ({ taskId }: SentTask) => seen.get(taskId) ?? [];
  const until = <T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> =>
    vi.waitUntil(find, { timeout: 30_000, interval: 5 }) as Promise<T>;

  return {
    artifacts: gridfsArtifacts(mongodb),
    claims,
    /** The offer of the worker with this pid, once it is free. */
    offerOf: (pid: number, slot = 0) =>
      until(async () => {
        const all = await offers.list();
        return all.map(({ value }) => value).find(offer => offer.pid === pid && offer.free && offer.slot >= slot);
      }),
    offers: async () => (await offers.list()).map(({ value }) => value),
    async send(
      { partition, workerId, slot }: Pick<WorkerOffer, 'partition' | 'workerId' | 'slot'>,
      spec: TaskSpec,
      taskId = `r-${randomBytes(12).toString('hex')}-0`,
    ): Promise<SentTask> {
      const start = { taskId, runId: taskId.slice(0, -2), attempt: 1, workerId, slot, spec };
      const sentMs = performance.now();
      const headers = { type: taskStart.type, 'correlation-id': `c-${taskId}` };
      await bus.publish('tasks', [{ partition, value: encodeMessage(taskStart, start), headers }]);
      return { taskId, sentMs };
    },
    async stop({ partition, workerId }: WorkerOffer, { taskId }: SentTask): Promise<void> {
      const value = encodeMessage(taskStop, { taskId, attempt: 1, workerId });
      await bus.publish('tasks', [{ partition, value, headers: { type: taskStop.type } }]);
    },
    publish: bus.publish,
    typesOf: (task: SentTask) => seenOf(task).map(({ type }) => type),
    /** The first message of the task with this type. */
    until: (task: SentTask, type: string) => until(() => seenOf(task).find(message => message.type === type)),
    pieces: (task: SentTask, count: number) =>
      until(() => {
        const found = seenOf(task).filter(({ type }) => type === PIECE_TYPE);
        return found.length >= count ? found : undefined;
      }),
    /** Until nobody, or somebody else, has the partition of this offer. */
    async untilFree({ partition, workerId }: WorkerOffer, timeoutMs: number): Promise<void> {
      const isFree = async () => (await claims.get(String(partition)))?.value.workerId !== workerId;
      await vi.waitUntil(isFree, { timeout: timeoutMs, interval: 100 });
    },
  };
}
