/**
 * What has been so for too long. Time counts from the first look of this process, not from what a table says: after a
 * pause, of this process or of the engines, everybody gets the whole time again.
 */
export interface Suspicion {
  /** Names what is suspected, and of what. */
  readonly key: string;
  readonly limitMs: number;
}

export class Suspicions {
  #since = new Map<string, number>();

  /**
   * `current`: all that is suspected now. Returns those for which it has been so for their limit. `nowMs` never jumps.
   */
  overdue<S extends Suspicion>(current: readonly S[], nowMs: number): readonly S[] {
    this.#since = new Map(current.map(({ key }) => [key, this.#since.get(key) ?? nowMs]));
    return current.filter(({ key, limitMs }) => nowMs - (this.#since.get(key) ?? nowMs) >= limitMs);
  }

  clear(): void {
    this.#since.clear();
  }
}
