/** What the users of a cluster saw while it was tormented. */
/**
 * L: no loss. D: no duplicate. H: the hash of the run in one process. F: nothing written by a stale attempt. G: streams
 * are contiguous. O: no orphan. C: converged in time. X: no other component exited.
 */
export type Invariant = 'L' | 'D' | 'H' | 'F' | 'G' | 'O' | 'C' | 'X';

export interface Offence {
  readonly invariant: Invariant;
  readonly what: string;
}

/** An accepted run of the load; the times as `performance.now` counts, the end absent while it goes on. */
interface SeenRun {
  readonly acceptedMs: number;
  endedMs?: number;
}

export class Witness {
  readonly offences: Offence[] = [];
  /** Requests that were refused with a code, as they may be while something is away, by code. */
  readonly refusals = new Map<string, number>();
  readonly #onOffence: (offence: Offence) => void;
  readonly #runs = new Map<string, SeenRun>();
  #pieces = 0;

  /** `onOffence`: told of each when it is noticed. */
  constructor(onOffence: (offence: Offence) => void = () => {}) {
    this.#onOffence = onOffence;
  }

  get runIds(): readonly string[] {
    return [...this.#runs.keys()];
  }

  /** Pieces of results that were tailed. */
  get pieces(): number {
    return this.#pieces;
  }

  accepted(runId: string): void {
    this.#runs.set(runId, { acceptedMs: performance.now() });
  }

  ended(runId: string): void {
    const run = this.#runs.get(runId);
    if (run !== undefined) run.endedMs = performance.now();
  }

  tailed(pieces: number): void {
    this.#pieces += pieces;
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  offence(invariant: Invariant, what: string): void {
    this.offences.push({ invariant, what });
    this.#onOffence({ invariant, what });
  }

  /** Whether all that was accepted before that time is over, and something that was accepted after it, too. */
  hasConverged(sinceMs: number): boolean {
    const runs = [...this.#runs.values()];
    const isOver = ({ acceptedMs, endedMs }: SeenRun) => acceptedMs > sinceMs || endedMs !== undefined;
    return runs.every(isOver) && runs.some(({ acceptedMs, endedMs }) => acceptedMs > sinceMs && endedMs !== undefined);
  }
}
