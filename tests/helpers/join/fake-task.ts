/** What a worker and command would publish about one task, and what its reader must see. */
import { createHash, randomBytes } from 'node:crypto';
import { encodeMessage, type MessageContract, type MessageOf } from '../../../src/cluster/contracts/define-message.ts';
import { runChanged } from '../../../src/cluster/contracts/messages/run-changed.ts';
import { runSubmit } from '../../../src/cluster/contracts/messages/run-submit.ts';
import {
  taskClaimed,
  taskCompleted,
  taskFailed,
  taskProgress,
} from '../../../src/cluster/contracts/messages/task-events.ts';
import { PIECE_TYPE } from '../../../src/cluster/contracts/piece.ts';
import type { Bus } from '../../../src/cluster/ports/bus.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

export type FakeTask = ReturnType<typeof fakeTask>;

/** `bodies`: of its pieces. It is task `number` of the run. */
export function fakeTask(bus: Bus, bodies: readonly Buffer[], { runId = randomRunId(), number = 0 } = {}) {
  const taskId = `${runId}-${number}`;
  const hashes = bodies.map(sha256);
  const rootHash = sha256(hashes.join(''));
  const subject = (attempt: number) => ({ taskId, runId, attempt, workerId: 'w-0123456789ab' });

  async function say<C extends MessageContract>(contract: C, key: string, message: MessageOf<C>): Promise<void> {
    const headers = { type: contract.type, 'correlation-id': runId };
    await bus.publish(contract.topic, [{ key, value: encodeMessage(contract, message), headers }]);
  }
  async function piece(seq: number, { attempt = 1, body = bodies[seq]! } = {}): Promise<void> {
    const hash = sha256(body);
    const headers = {
      type: PIECE_TYPE,
      'correlation-id': runId,
      taskId,
      runId,
      attempt: `${attempt}`,
      seq: `${seq}`,
      hash,
    };
    await bus.publish('results', [{ key: taskId, value: body, headers }]);
  }

  return {
    runId,
    taskId,
    bodies,
    rootHash,
    piece,
    async pieces(from = 0, to = bodies.length, attempt = 1): Promise<void> {
      for (let seq = from; seq < to; seq++) await piece(seq, { attempt });
    },
    submit: (fields: Partial<MessageOf<typeof runSubmit>> = {}) =>
      say(runSubmit, runId, { ...runSubmit.example, ...fields, runId }),
    claimed: (attempt = 1) => say(taskClaimed, taskId, { ...taskClaimed.example, ...subject(attempt) }),
    progress: (step: number) => say(taskProgress, taskId, { ...taskProgress.example, ...subject(1), step }),
    completed: (attempt = 1, fields: Partial<MessageOf<typeof taskCompleted>> = {}) => {
      const own = { ...subject(attempt), pieces: bodies.length, rootHash };
      return say(taskCompleted, taskId, { ...taskCompleted.example, ...own, ...fields });
    },
    failed: (verdict: 'THROW' | 'WORKER', attempt = 1) =>
      say(taskFailed, taskId, { ...taskFailed.example, ...subject(attempt), verdict }),
    changed: (
      version: number,
      state: MessageOf<typeof runChanged>['state'],
      fields: Partial<MessageOf<typeof runChanged>> = {},
    ) => say(runChanged, runId, { ...runChanged.example, ...fields, runId, version, state }),
  };
}

export const randomRunId = () => `r-${randomBytes(12).toString('hex')}`;

export const randomBodies = (count: number, bytes: number): readonly Buffer[] =>
  Array.from({ length: count }, () => randomBytes(bytes));
