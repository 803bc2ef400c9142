/** Who wants to know what is said of what. */
import type { Fact } from '../facts.ts';

/** Must not throw. */
export type Listener = (fact: Fact) => void;

export class Followers {
  readonly #listeners = new Map<string, Set<Listener>>();

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  has(id: string): boolean {
    return this.#listeners.has(id);
  }

  /** Returns what ends it. */
  add(id: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  tell(id: string, fact: Fact): void {
    for (const listener of [...(this.#listeners.get(id) ?? [])]) listener(fact);
  }
}
