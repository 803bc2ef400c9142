/** Work that comes from several sides is done together: what arrives while some of it is done is the next part. */
import { setImmediate as turn } from 'node:timers/promises';

interface Given<T> {
  readonly items: readonly T[];
  readonly done: PromiseWithResolvers<void>;
}

export class Gathering<T> {
  readonly #work: (items: readonly T[]) => Promise<void>;
  #waiting: Given<T>[] = [];
  #isWorking = false;

  /** `work`: one call at a time; items of one side in their order. */
  constructor(work: (items: readonly T[]) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when they are done; throws what the work throws, which may be due to the items of another side. */
  async add(items: readonly T[]): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ items, done });
    void this.#run();
    await done.promise;
  }

  async #run(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    // Those that come at the same time are one part.
    await turn();
    while (this.#waiting.length > 0) {
      const part = this.#waiting.splice(0);
      try {
        await this.#work(part.flatMap(({ items }) => items));
        for (const { done } of part) done.resolve();
      } catch (error) {
        for (const { done } of part) done.reject(error);
      }
    }
    this.#isWorking = false;
  }
}
