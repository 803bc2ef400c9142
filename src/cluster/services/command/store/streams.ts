/** The streams of events that one transaction has read and prolongs. */
import { assert } from '../../../../runtime/base/assert.ts';
import type { StoredEvent } from './tables.ts';

interface Versioned {
  readonly version: number;
}

export interface Prolonged<State, Event> {
  readonly id: string;
  /** As it is stored; absent: the stream is new. */
  readonly before?: State;
  readonly now: State;
  readonly events: readonly Event[];
}

export class Streams<State extends Versioned, Event> {
  readonly #streams = new Map<string, Prolonged<State, Event>>();
  readonly #evolve: (state: State, event: Event) => State;

  constructor(evolve: (state: State, event: Event) => State) {
    this.#evolve = evolve;
  }

  /** What was read and is locked. */
  load(id: string, state: State): void {
    if (!this.#streams.has(id)) this.#streams.set(id, { id, before: state, now: state, events: [] });
  }

  start(id: string, state: State, event: Event): void {
    assert(!this.#streams.has(id), 'a stream begins once');
    this.#streams.set(id, { id, now: state, events: [event] });
  }

  get(id: string): State | undefined {
    return this.#streams.get(id)?.now;
  }

  append(id: string, event: Event): State {
    const stream = this.#streams.get(id);
    assert(stream !== undefined, 'a stream is read before it grows');
    const now = this.#evolve(stream.now, event);
    this.#streams.set(id, { ...stream, now, events: [...stream.events, event] });
    return now;
  }

  all(): readonly State[] {
    return [...this.#streams.values()].map(({ now }) => now);
  }

  prolonged(): readonly Prolonged<State, Event>[] {
    return [...this.#streams.values()].filter(({ events }) => events.length > 0);
  }
}

/** Those that were stored before, or that are new. */
export const statesOf = <S, E>(streams: readonly Prolonged<S, E>[], isStored: boolean): readonly S[] =>
  streams.filter(({ before }) => (before !== undefined) === isStored).map(({ now }) => now);

/** As they are stored. */
export function eventsOf<S extends { readonly version: number }, E extends { readonly type: string }>(
  { id, now, events }: Prolonged<S, E>,
  atMs: number,
): readonly StoredEvent[] {
  const first = now.version - events.length + 1;
  return events.map((event, i) => {
    const { type, ...data } = event;
    return { stream: id, version: first + i, atMs, type, data };
  });
}
