/** Workers that speak the protocol and complete each task as soon as they have it. They share one reader of the log. */
import { randomBytes } from 'node:crypto';
import { encodeMessage, type MessageContract, type MessageOf } from '../../src/cluster/contracts/define-message.ts';
import { EXAMPLES } from '../../src/cluster/contracts/fields.ts';
import { taskClaimed, taskCompleted } from '../../src/cluster/contracts/messages/task-events.ts';
import { taskStart } from '../../src/cluster/contracts/messages/task-start.ts';
import type { Message, OutgoingMessage } from '../../src/cluster/ports/bus.ts';
import type { BenchCluster } from './bench-cluster.ts';

type TaskStart = MessageOf<typeof taskStart>;

/** On the partitions 0 to `count - 1` of topic `tasks`, until the cluster is gone. */
export async function startBenchWorkers({ bus, offers }: BenchCluster, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => `w-${randomBytes(6).toString('hex')}`);
  const offer = (partition: number, slot: number) => {
    const workerId = ids[partition]!;
    return offers.put(workerId, { workerId, partition, slot, free: true, pid: 1, cpu: null, host: 'bench' });
  };
  const take = async ({ partition, headers, value }: Message): Promise<void> => {
    if (headers.type !== taskStart.type) return;
    const start: TaskStart = JSON.parse(value.toString());
    await Promise.all([bus.publish('task-events', endOf(start)), offer(partition, start.slot + 1)]);
  };
  const subscription = await bus.subscribe({
    group: `bench-${randomBytes(6).toString('hex')}`,
    topics: ['tasks'],
    from: 'latest',
    batchHandler: async messages => {
      for (const message of messages) void take(message);
    },
    partitionsAtOnce: count,
  });
  await subscription.positioned;
  await Promise.all(ids.map((_, partition) => offer(partition, 0)));
}

function endOf({ taskId, runId, attempt, workerId, slot }: TaskStart): readonly OutgoingMessage[] {
  const subject = { taskId, runId, attempt, workerId, slot };
  const { hash } = EXAMPLES;
  return [
    messageOf(taskClaimed, { ...subject, pid: 1, cpu: null }),
    messageOf(taskCompleted, { ...subject, pieces: 1, rootHash: hash, elapsedMs: 1 }),
  ];
}

function messageOf<C extends MessageContract>(contract: C, message: MessageOf<C> & { taskId: string }) {
  const headers = { type: contract.type, 'correlation-id': 'bench' };
  return { key: message.taskId, value: encodeMessage(contract, message), headers };
}
