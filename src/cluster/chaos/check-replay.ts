/** Reads results once more from their beginning, as a reader who comes late: each piece is there once (D). */
import { GoboolError } from '../../runtime/base/error.ts';
import type { GatewayClient } from '../client/gateway-client.ts';
import { TaskReader } from '../client/task-reader.ts';
import type { DoneTask } from './check-truth.ts';
import { watchStreams } from './watch-streams.ts';
import type { Witness } from './witness.ts';

/** Of a long storm a part is enough, evenly spread. */
const TASKS_MAX = 300;
const READERS = 8;

export async function checkReplay(
  client: GatewayClient,
  tasks: readonly DoneTask[],
  witness: Witness,
  signal: AbortSignal,
): Promise<void> {
  const step = Math.max(1, tasks.length / TASKS_MAX);
  const queue = Array.from(
    { length: Math.min(tasks.length, TASKS_MAX) },
    (_, i) => tasks[Math.floor(i * step)],
  ).values();
  const watched = watchStreams(client, witness, () => {});
  const read = async (): Promise<void> => {
    for (const task of queue) if (task !== undefined) await replay(watched, task, witness, signal);
  };
  await Promise.all(Array.from({ length: READERS }, read));
}

async function replay(
  client: GatewayClient,
  { taskId, pieces, rootHash }: DoneTask,
  witness: Witness,
  signal: AbortSignal,
): Promise<void> {
  const reader = new TaskReader({ onPiece: () => {} });
  try {
    await client.followTask(taskId, event => reader.take(event), signal);
  } catch (error) {
    if (!(error instanceof GoboolError)) throw error;
    witness.offence('D', `${taskId} cannot be read again: ${error.code} ${error.message}`);
    return;
  }
  if (reader.end?.pieces !== pieces || reader.end.rootHash !== rootHash)
    witness.offence('D', `${taskId} is not what its worker made: ${reader.end?.pieces} of ${pieces} pieces`);
}
