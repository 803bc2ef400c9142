/**
 * Starts the process of a sandbox and holds the ends of its pipes. Nothing that goes wrong on a pipe is an error here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { childCode } from './child-code.ts';
import { hostFacts } from './host-facts.ts';
import type { SandboxOptions } from './sandbox.ts';
import { CHILD_CODE_PIPE, sandboxCommand, THREAD_CODE_PIPE, unsafeCommand } from './sandbox-command.ts';
import { RESULT_PIPE, TASK_PIPE } from './wire.ts';

/** Kept of what it writes to its error output; a task that writes more than the maximum is up to something. */
const KEPT_LOG_CHARACTERS = 2_000;
/** After its end, for the rest of its output to arrive. */
const LAST_WORDS_MS = 300;
const MAX_LOG_BYTES = 65_536;

export interface SpawnedSandbox {
  readonly pid: number;
  /** That belong there: bubblewrap, its child that reaps, Node. */
  readonly maxProcesses: number;
  readonly task: Writable;
  readonly result: Readable;
  /** How it ended: an exit code, or the name of a signal. */
  readonly exited: Promise<number | string>;
  readonly log: { readonly text: string; readonly isFull: boolean };
  /** The beginning of its error output, once it has ended. */
  readonly lastWords: () => Promise<string>;
  readonly kill: () => void;
  /** Lets go of the pipes. */
  readonly close: () => void;
}

/** Throws `GB_SANDBOX_UNAVAILABLE`. */
export function spawnSandbox(options: SandboxOptions): SpawnedSandbox {
  const isUnsafe = options.unsafe === true;
  const [program = '', ...args] = isUnsafe ? unsafeCommand(options) : sandboxCommand(hostFacts(), options);
  const child = spawn(program, args, {
    cwd: '/',
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', ...(isUnsafe ? [] : (['pipe', 'pipe'] as const))],
  });
  const exited = new Promise<number | string>(resolve => {
    child.on('error', ({ message }) => resolve(message));
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  for (const stream of child.stdio) stream?.on('error', () => {});
  if (!isUnsafe) sendCode(child);
  if (child.pid !== undefined) sacrificeFirst(child.pid);
  const log = keepLog(child);
  return {
    pid: child.pid ?? 0,
    maxProcesses: isUnsafe ? 1 : 3,
    task: writableOf(child, TASK_PIPE),
    result: child.stdio[RESULT_PIPE] as Readable,
    exited,
    log,
    async lastWords() {
      await Promise.race([once(child, 'close'), sleep(LAST_WORDS_MS, undefined, { ref: false })]);
      return log.text.trim();
    },
    kill: () => child.kill('SIGKILL'),
    close() {
      for (const stream of child.stdio) stream?.destroy();
    },
  };
}

function sendCode(child: ChildProcess): void {
  const code = childCode();
  writableOf(child, CHILD_CODE_PIPE).end(code.child);
  writableOf(child, THREAD_CODE_PIPE).end(code.thread);
}

function writableOf(child: ChildProcess, descriptor: number): Writable {
  return (child.stdio as readonly unknown[])[descriptor] as Writable;
}

/** Where the machine runs out of memory all the same, the kernel takes the sandbox, not its neighbours. */
function sacrificeFirst(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // It has ended already, or this is no Linux.
  }
}

function keepLog({ stderr }: ChildProcess) {
  const log = { text: '', isFull: false };
  let bytes = 0;
  stderr?.on('data', (data: Buffer) => {
    bytes += data.length;
    log.text = (log.text + data.toString('utf8')).slice(0, KEPT_LOG_CHARACTERS);
    log.isFull = bytes > MAX_LOG_BYTES;
    if (log.isFull) stderr.pause();
  });
  return log;
}
