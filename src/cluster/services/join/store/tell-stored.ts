/** The log's lines of what was stored: the last step of a task's trace. Pieces and progress have none of their own. */
import type { Logger } from 'pino';
import { runSubmit } from '../../../contracts/messages/run-submit.ts';
import { taskCompleted, taskFailed } from '../../../contracts/messages/task-events.ts';
import type { Message } from '../../../ports/bus.ts';
import { causeIn, nextSpan } from '../../common/trace.ts';

const TEXTS: ReadonlyMap<string, string> = new Map([
  [runSubmit.type, 'run stored'],
  [taskCompleted.type, 'result stored'],
  [taskFailed.type, 'failure stored'],
]);

/** `durationMs`: of all of them together. */
export function tellStored(messages: readonly Message[], durationMs: number, log: Logger): void {
  for (const { key, headers } of messages) {
    const text = TEXTS.get(headers.type ?? '');
    if (text !== undefined) log.info({ ...nextSpan(causeIn(headers, key ?? '')), key, durationMs }, text);
  }
}
