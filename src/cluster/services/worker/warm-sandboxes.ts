/**
 * One sandbox that is ready, for single use. The next one is started when it is spent, so that it warms while nothing
 * runs. One that somebody killed while it waited is replaced before it is used.
 */
import type { Sandbox } from '../../sandbox/sandbox.ts';

export class WarmSandboxes implements AsyncDisposable {
  readonly #start: () => Sandbox;
  #current: Sandbox;

  constructor(start: () => Sandbox) {
    this.#start = start;
    this.#current = start();
  }

  /** Throws `GB_SANDBOX_UNAVAILABLE`. */
  async warm(): Promise<Sandbox> {
    const { pid } = this.#current;
    await this.#current.ready;
    if (!isRunning(pid)) this.spent();
    await this.#current.ready;
    return this.#current;
  }

  spent(): void {
    void this.#current[Symbol.asyncDispose]();
    this.#current = this.#start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#current[Symbol.asyncDispose]();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
