/**
 * What the log says now, for those who follow a run or a task. Each replica reads everything; what nobody follows is
 * not even decoded.
 */
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Message } from '../../../ports/bus.ts';
import { type Fact, factOf } from '../facts.ts';

export const LIVE_TOPICS = ['results', 'task-events', 'run-events'] as const;

/** Must not throw. */
type Listener = (fact: Fact) => void;

export class LiveLog {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** `id`: of a task or a run, by which the log orders. Returns what ends it. */
  follow(id: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  take(message: Message): void {
    const listeners = this.#listeners.get(message.key ?? '');
    const fact = listeners && readable(message);
    if (fact !== undefined) for (const listener of [...(listeners ?? [])]) listener(fact);
  }
}

/** The writer tells of those that cannot be read. */
function readable(message: Message): Fact | undefined {
  try {
    return factOf(message);
  } catch (error) {
    if (error instanceof GoboolError) return undefined;
    throw error;
  }
}
