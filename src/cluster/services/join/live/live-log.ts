/**
 * What the log says now, for those who follow a run, a task, all tasks of a run, or all runs of a key. Each replica
 * reads everything; what nobody follows is not even decoded.
 */
import { runIdOf } from '../../../contracts/fields.ts';
import { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { Message } from '../../../ports/bus.ts';
import { readableFact } from '../facts.ts';
import { Followers, type Listener } from './followers.ts';

export const LIVE_TOPICS = ['results', 'task-events', 'run-events'] as const;

/** What follows returns what ends it. */
export class LiveLog {
  readonly #ids = new Followers();
  readonly #runsOfTasks = new Followers();
  readonly #keysOfRuns = new Followers();

  /** `id`: of a task or a run, by which the log orders. */
  follow(id: string, listener: Listener): () => void {
    return this.#ids.add(id, listener);
  }

  followTasksOf(runId: string, listener: Listener): () => void {
    return this.#runsOfTasks.add(runId, listener);
  }

  followRunsOf(keyId: string, listener: Listener): () => void {
    return this.#keysOfRuns.add(keyId, listener);
  }

  take(message: Message): void {
    const id = message.key ?? '';
    const isOfRun = message.topic === runChanged.topic;
    const isWantedToo = isOfRun ? !this.#keysOfRuns.isEmpty : this.#runsOfTasks.has(runIdOf(id));
    if (!this.#ids.has(id) && !isWantedToo) return;
    const fact = readableFact(message);
    if (fact === undefined) return;
    this.#ids.tell(id, fact);
    if (fact.type === 'changed') this.#keysOfRuns.tell(fact.message.keyId, fact);
    else this.#runsOfTasks.tell(runIdOf(id), fact);
  }
}
