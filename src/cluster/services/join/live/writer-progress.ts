/**
 * Whether a group, the writers' by default, has come as far as the log. It asks the log where the group stands, and
 * only while somebody waits; one question serves all who wait.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus, Place } from '../../../ports/bus.ts';
import { WRITER_GROUP, WRITER_TOPICS } from '../store/writer.ts';

const ASK_AGAIN_MS = 50;
const ASK_AGAIN_WHEN_AWAY_MS = 1_000;

/** Those who wait for the same places. */
interface Waiters {
  readonly ends: readonly Place[];
  readonly resolves: readonly (() => void)[];
}

export class WriterProgress {
  readonly #bus: Bus;
  readonly #signal: AbortSignal;
  readonly #group: string;
  /** Those who came since the last question. */
  #newcomers: (() => void)[] = [];
  #waiters: Waiters[] = [];
  #isAsking = false;

  constructor(bus: Bus, signal: AbortSignal, group: string = WRITER_GROUP) {
    this.#bus = bus;
    this.#signal = signal;
    this.#group = group;
  }

  /** Resolves when the group has everything that is in the log at the time of the call. Never rejects. */
  caughtUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#newcomers.push(resolve);
    void this.#ask();
    return promise;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#newcomers.length + this.#waiters.length > 0 && !this.#signal.aborted) {
      const isAnswered = await this.#askOnce().catch(() => false);
      if (this.#newcomers.length > 0 && isAnswered) continue;
      if (this.#waiters.length > 0 || !isAnswered) await pause(isAnswered ? ASK_AGAIN_MS : ASK_AGAIN_WHEN_AWAY_MS);
    }
    this.#isAsking = false;
  }

  async #askOnce(): Promise<true> {
    const resolves = [...this.#newcomers];
    if (resolves.length > 0) {
      const ends = await this.#bus.places(WRITER_TOPICS, 'latest');
      this.#newcomers = this.#newcomers.slice(resolves.length);
      this.#waiters.push({ ends, resolves });
    }
    const standing = await this.#bus.places(WRITER_TOPICS, { group: this.#group });
    const stored = new Map(standing.map(place => [nameOf(place), place.offset]));
    const isDone = ({ ends }: Waiters) => ends.every(end => (stored.get(nameOf(end)) ?? 0n) >= end.offset);
    for (const { resolves: done } of this.#waiters.filter(isDone)) for (const resolve of done) resolve();
    this.#waiters = this.#waiters.filter(waiters => !isDone(waiters));
    return true;
  }
}

const nameOf = ({ topic, partition }: Place) => `${topic} ${partition}`;
