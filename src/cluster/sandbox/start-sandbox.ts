/** Starts a sandbox: warm when it is ready, good for one task, gone after it. */
import { assert } from '../../runtime/base/assert.ts';
import { unavailable } from './host-facts.ts';
import { runTask } from './run-task.ts';
import type { Sandbox, SandboxHooks, SandboxOptions, SandboxOutcome, SandboxTask } from './sandbox.ts';
import { type SpawnedSandbox, spawnSandbox } from './spawn-sandbox.ts';
import { KIND, type Message, readMessages } from './wire.ts';

const READY_MS = 20_000;

/** What cannot be had on this machine shows when its `ready` rejects. */
export function startSandbox(options: SandboxOptions = {}): Sandbox {
  try {
    return new SandboxProcess(spawnSandbox(options));
  } catch (error) {
    return missingSandbox(error);
  }
}

class SandboxProcess implements Sandbox {
  readonly pid: number;
  readonly ready: Promise<void>;
  readonly #spawned: SpawnedSandbox;
  readonly #messages: AsyncGenerator<Message, undefined>;
  #isUsed = false;

  constructor(spawned: SpawnedSandbox) {
    this.#spawned = spawned;
    this.#messages = readMessages(spawned.result);
    this.pid = spawned.pid;
    this.ready = this.#warmUp();
    // Nobody has to wait for it: who runs a task hears of it then.
    this.ready.catch(() => {});
  }

  async run(task: SandboxTask, hooks: SandboxHooks): Promise<SandboxOutcome> {
    assert(!this.#isUsed, 'a sandbox runs one task');
    this.#isUsed = true;
    try {
      await this.ready;
      return await runTask({ spawned: this.#spawned, messages: this.#messages, task, hooks });
    } finally {
      await this[Symbol.asyncDispose]();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#spawned.kill();
    await this.#spawned.exited;
    this.#spawned.close();
  }

  async #warmUp(): Promise<void> {
    const late = setTimeout(this.#spawned.kill, READY_MS);
    const { value: first } = await this.#messages.next();
    clearTimeout(late);
    if (first?.kind === KIND.ready) return;
    this.#spawned.kill();
    const end = await this.#spawned.exited;
    const text = await this.#spawned.lastWords();
    throw unavailable(`A sandbox did not start, it ended with ${end}${text && `: ${text}`}`);
  }
}

function missingSandbox(error: unknown): Sandbox {
  const ready = Promise.reject(error);
  ready.catch(() => {});
  return { pid: 0, ready, run: () => ready, async [Symbol.asyncDispose]() {} };
}
