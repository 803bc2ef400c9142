/** The stretch of time that all charts of a page show together. Times are epoch seconds. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

export class TimeWindow {
  readonly whole: Span;
  /** The shortest stretch that can be shown. */
  readonly #shortest: number;
  readonly #listeners = new Set<(span: Span) => void>();
  #span: Span;

  constructor(whole: Span, shortest: number) {
    this.whole = whole;
    this.#span = whole;
    this.#shortest = Math.min(shortest, whole.to - whole.from);
  }

  get span(): Span {
    return this.#span;
  }

  /** Returns what ends it. */
  onChange(listener: (span: Span) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows what is wanted, as far as there is something to show: moved inside, and not too short. */
  show(wanted: Span): void {
    const span = within(this.whole, wanted, this.#shortest);
    if (span.from === this.#span.from && span.to === this.#span.to) return;
    this.#span = span;
    for (const listener of this.#listeners) listener(span);
  }

  reset(): void {
    this.show(this.whole);
  }

  /** `factor` below 1 shows less. `at` stays where it is. */
  zoom(factor: number, at = (this.#span.from + this.#span.to) / 2): void {
    const { from, to } = this.#span;
    this.show({ from: at - (at - from) * factor, to: at + (to - at) * factor });
  }

  /** Moves by a share of what is shown; positive to later times. */
  pan(share: number): void {
    const { from, to } = this.#span;
    const by = (to - from) * share;
    this.show({ from: from + by, to: to + by });
  }
}

function within(whole: Span, { from, to }: Span, shortest: number): Span {
  const length = Math.min(Math.max(to - from, shortest), whole.to - whole.from);
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
  return { from: start, to: start + length };
}
