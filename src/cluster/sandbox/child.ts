/**
 * The program inside of a sandbox: says that it is warm, reads one task to the end of its pipe, does it, says how it
 * went. The bundle runs in a thread, as on a laptop, so limits and errors are the same as there; but nothing that this
 * program says is believed outside.
 */
import { createReadStream, writeSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { errorToData, GoboolError } from '../../runtime/base/error.ts';
import { DEFAULT_LIMITS } from '../../runtime/host/executor.ts';
import { threadExecutor } from '../../runtime/host/executors/thread-executor.ts';
import { framesOf } from '../contracts/cut-pieces.ts';
import { decodeFrame, encodeFrame } from '../contracts/frame.ts';
import type { TaskSpec } from '../contracts/run-spec.ts';
import { performTask, type TaskParts } from './perform-task.ts';
import { decodeParts, encodeMessage, KIND, type Kind, RESULT_PIPE, TASK_PIPE } from './wire.ts';

const executor = threadExecutor();
executor.prepare(DEFAULT_LIMITS);
say(KIND.ready);
process.exit(await answer(decodeParts(await buffer(createReadStream('', { fd: TASK_PIPE })))));

/** The exit code. Without a task nobody waits any more. */
async function answer([spec, code, ...frames]: readonly Buffer[]): Promise<number> {
  if (spec === undefined || code === undefined) return 0;
  try {
    await perform({ spec: decodeFrame(spec) as TaskSpec, code: code.toString('utf8'), frames });
    say(KIND.done);
    return 0;
  } catch (error) {
    // Without a code it is no answer of the strategy: its thread has ended in the middle.
    if (!(error instanceof GoboolError)) return 1;
    say(KIND.failed, encodeFrame(errorToData(error)));
    return 0;
  }
}

function perform(task: TaskParts): Promise<void> {
  const onProgress = (step: number, steps: number): void => {
    const body = Buffer.alloc(8);
    body.writeUInt32LE(step, 0);
    body.writeUInt32LE(steps, 4);
    say(KIND.progress, body);
  };
  return performTask(executor, task, { limits: task.spec.limits, onProgress }, piece => {
    for (const frame of framesOf(piece)) say(KIND.piece, frame);
  });
}

/** Waits while the pipe is full: whoever reads sets the pace. */
function say(kind: Kind, body?: Uint8Array): void {
  const message = encodeMessage(kind, body);
  for (let at = 0; at < message.length; ) at += writeSync(RESULT_PIPE, message, at);
}
