/**
 * One task in one warm sandbox: sends it, follows what comes out, and ends at the first of these: the task says that
 * it has ended, the watchdog barks, the caller has had enough, the process is gone, or something comes that no task
 * says.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { GoboolError } from '../../runtime/base/error.ts';
import { encodeFrame } from '../contracts/frame.ts';
import { readFailure } from './read-failure.ts';
import { ResultCheck } from './result-check.ts';
import type { SandboxHooks, SandboxOutcome, SandboxTask } from './sandbox.ts';
import type { SpawnedSandbox } from './spawn-sandbox.ts';
import { failureOf, Watchdog } from './watchdog.ts';
import { encodeParts, KIND, type Message, protocolError } from './wire.ts';

/** Between two calls of `onProgress`. */
const PROGRESS_MS = 200;
/** A pipe that ends belongs to a process that has ended; this one gets so long to show how. */
const EXIT_GRACE_MS = 300;
/** How Node ends when V8 finds no memory: by SIGABRT or SIGTRAP, in bubblewrap's words. */
const OUT_OF_MEMORY = new Set<number | string>([133, 134, 'SIGABRT', 'SIGTRAP']);

export interface RunningTask {
  readonly spawned: SpawnedSandbox;
  readonly messages: AsyncIterable<Message>;
  readonly task: SandboxTask;
  readonly hooks: SandboxHooks;
}

/** Rejects only when a hook does. The process may still run after it. */
export async function runTask(running: RunningTask): Promise<SandboxOutcome> {
  const { spawned, task, hooks } = running;
  const end = Promise.withResolvers<SandboxOutcome>();
  const parts = partsOf(task);
  const inputBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const { limits } = task.spec;
  using watchdog = new Watchdog({ spawned, limits, inputBytes, onFailure: end.resolve });
  const cancel = () => end.resolve(cancelled());
  hooks.signal.addEventListener('abort', cancel, { once: true });
  if (hooks.signal.aborted) cancel();
  else for (const part of encodeParts(parts)) spawned.task.write(part);
  spawned.task.end();
  follow(running, watchdog).then(end.resolve, end.reject);
  try {
    return await end.promise;
  } finally {
    hooks.signal.removeEventListener('abort', cancel);
    hooks.onUsage?.(watchdog.usage());
    spawned.kill();
  }
}

function partsOf({ spec, bundle, input, datasets }: SandboxTask): readonly Buffer[] {
  const inputs = spec.kind === 'describe' ? [] : spec.datasets.map(hash => datasets.get(hash) ?? Buffer.alloc(0));
  return [encodeFrame(spec), Buffer.from(bundle, 'utf8'), ...(input ? [input] : []), ...inputs];
}

async function follow(running: RunningTask, watchdog: Watchdog): Promise<SandboxOutcome> {
  try {
    return (await readResult(running, watchdog)) ?? (await exitOf(running.spawned));
  } catch (error) {
    if (!(error instanceof GoboolError)) throw error;
    if (error.code === 'GB_FRAME_INVALID') return failureOf('PROTOCOL', protocolError(`its error cannot be read`));
    if (error.code === 'GB_SANDBOX_PROTOCOL') return failureOf('PROTOCOL', error);
    throw error;
  }
}

/** Undefined where the messages end before the task does. */
async function readResult(
  { messages, task, hooks }: RunningTask,
  watchdog: Watchdog,
): Promise<SandboxOutcome | undefined> {
  const check = new ResultCheck(task.spec);
  const progress = new Progress(hooks.onProgress);
  for await (const { kind, body } of messages) {
    if (kind === KIND.done) return check.outcome();
    if (kind === KIND.failed) return readFailure(body);
    if (kind === KIND.piece) await watchdog.hold(hooks.onPiece(check.accept(body), body));
    else if (kind === KIND.progress && progress.accept(body)) watchdog.moved();
    else throw protocolError('it sent a message that does not belong there');
  }
  return undefined;
}

/** Passes a few of the steps on. The runs of a slice take turns, so its steps go back; what is told only grows. */
class Progress {
  readonly #onProgress: SandboxHooks['onProgress'];
  #toldAtMs = 0;
  #told = -1;
  #step = -1;

  constructor(onProgress: SandboxHooks['onProgress']) {
    this.#onProgress = onProgress;
  }

  /** Whether this is a step of a task. */
  accept(body: Buffer): boolean {
    if (body.length !== 8) return false;
    const [step, steps] = [body.readUInt32LE(0), body.readUInt32LE(4)];
    const isMove = step !== this.#step;
    this.#step = step;
    const nowMs = performance.now();
    if (step > this.#told && nowMs - this.#toldAtMs >= PROGRESS_MS) {
      this.#toldAtMs = nowMs;
      this.#told = step;
      this.#onProgress(step, steps);
    }
    return isMove;
  }
}

async function exitOf({ exited }: SpawnedSandbox): Promise<SandboxOutcome> {
  const how = await Promise.race([exited, sleep(EXIT_GRACE_MS, undefined, { ref: false })]);
  if (how !== undefined && OUT_OF_MEMORY.has(how)) {
    const message = 'The strategy used more memory than a process can have.';
    return { verdict: 'OOM', error: { code: 'GB_STRATEGY_MEMORY', message } };
  }
  const what = how === undefined ? 'closed its pipe' : `ended (${how})`;
  const message = `The process of the task ${what} before the task was done.`;
  return { verdict: 'EXIT', error: { code: 'GB_SANDBOX_EXIT', message } };
}

function cancelled(): SandboxOutcome {
  return { verdict: 'CANCELLED', error: { code: 'GB_RUN_CANCELLED', message: 'The run was cancelled.' } };
}
