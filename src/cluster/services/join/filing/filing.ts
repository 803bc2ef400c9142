/**
 * Files finished tasks: a group of its own, so that one replica files a task, and none of it delays what is stored and
 * shown. It waits until the writers have stored what the log says, so it never overtakes them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { taskCompleted } from '../../../contracts/messages/task-events.ts';
import type { Message, SubscribeOptions } from '../../../ports/bus.ts';
import { crashPoint } from '../../common/crash-point.ts';
import { readableFact } from '../facts.ts';
import type { WriterProgress } from '../live/writer-progress.ts';
import { type FilingPorts, fileTask } from './file-task.ts';

export interface Filing extends FilingPorts {
  readonly progress: Pick<WriterProgress, 'caughtUp'>;
  readonly log: Logger;
}

/** A handler has 5 s. What was done by then is not done again. */
const BUDGET_MS = 2_500;
const WRITERS_PATIENCE_MS = 1_500;
const AT_ONCE = 4;

export const filingOptions = (filing: Filing): SubscribeOptions => ({
  group: 'join-filing',
  topics: [taskCompleted.topic],
  from: 'beginning',
  batchHandler: messages => fileAll(filing, messages),
});

async function fileAll(filing: Filing, messages: readonly Message[]): Promise<void> {
  const taskIds = [...new Set(messages.flatMap(completedTask))];
  if (taskIds.length === 0) return;
  const deadlineMs = performance.now() + BUDGET_MS;
  const filed = new Set((await filing.filings.getAll(taskIds)).map(({ _id }) => _id));
  const left = taskIds.filter(taskId => !filed.has(taskId));
  if (left.length > 0) await untilStored(filing);
  const queue = left.values();
  const work = async (): Promise<void> => {
    for (const taskId of queue) {
      if (performance.now() > deadlineMs) throw new Error('The rest is filed when the messages come again.');
      await fileOne(filing, taskId);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function untilStored({ progress }: Filing): Promise<void> {
  const isStored = progress.caughtUp().then(() => true);
  if (!(await Promise.race([isStored, pause(WRITERS_PATIENCE_MS, false)])))
    throw new Error('The writers are behind; the messages come again.');
}

/** What cannot be filed now never can: everything that the log says of it is stored. */
async function fileOne(filing: Filing, taskId: string): Promise<void> {
  const task = await filing.views.tasks.get(taskId);
  const outcome = task?.state === 'completed' ? await fileTask(filing, task) : 'incomplete';
  if (outcome !== 'filed') filing.log.error({ taskId, outcome }, 'the pieces of a finished task cannot be kept');
  crashPoint('join.filed');
}

function completedTask(message: Message): readonly string[] {
  if (message.headers.type !== taskCompleted.type) return [];
  const fact = readableFact(message);
  return fact?.type === 'completed' ? [fact.message.taskId] : [];
}
