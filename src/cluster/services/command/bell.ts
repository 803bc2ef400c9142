/** Wakes one loop. A ring while nobody waits is kept; several are one. */
export class Bell {
  #rung = Promise.withResolvers<void>();

  readonly ring = (): void => this.#rung.resolve();

  /** Until it rings, or the time is up. */
  async wait(timeoutMs: number): Promise<void> {
    const timer = setTimeout(this.ring, timeoutMs);
    await this.#rung.promise;
    clearTimeout(timer);
    this.#rung = Promise.withResolvers();
  }
}
