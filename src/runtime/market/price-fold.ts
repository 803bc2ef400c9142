/** Prices with their times to open, high, low and close of each interval. Late prices find their bar. */
export class PriceFold {
  /** Volume and spread of each bar, kept by whoever knows what they are. */
  readonly volumes: number[] = [];
  readonly spreads: number[] = [];
  readonly #intervalMs: number;
  readonly #barAt = new Map<number, number>();
  readonly #starts: number[] = [];
  readonly #openTimes: number[] = [];
  readonly #closeTimes: number[] = [];
  readonly #opens: number[] = [];
  readonly #highs: number[] = [];
  readonly #lows: number[] = [];
  readonly #closes: number[] = [];
  #last = -1;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  get length(): number {
    return this.#starts.length;
  }

  /** The index of the price's bar. */
  add(time: number, price: number): number {
    const bar = this.#barOf(time, price);
    if (price > this.#highs[bar]!) this.#highs[bar] = price;
    if (price < this.#lows[bar]!) this.#lows[bar] = price;
    if (time < this.#openTimes[bar]!) {
      this.#openTimes[bar] = time;
      this.#opens[bar] = price;
    }
    if (time >= this.#closeTimes[bar]!) {
      this.#closeTimes[bar] = time;
      this.#closes[bar] = price;
    }
    return bar;
  }

  /** Whether a price of this time is the close of its bar, or as late. */
  isClose(bar: number, time: number): boolean {
    return time === this.#closeTimes[bar];
  }

  /** Bars in the order of time. */
  columns() {
    const order = Array.from(this.#starts.keys()).sort((a, b) => this.#starts[a]! - this.#starts[b]!);
    const column = (values: readonly number[]) => Float64Array.from(order, bar => values[bar]!);
    return {
      length: this.length,
      time: column(this.#starts),
      open: column(this.#opens),
      high: column(this.#highs),
      low: column(this.#lows),
      close: column(this.#closes),
      volume: column(this.volumes),
      spread: column(this.spreads),
    };
  }

  /** Neighbouring ticks mostly share a bar. */
  #barOf(time: number, price: number): number {
    const start = Math.floor(time / this.#intervalMs) * this.#intervalMs;
    if (start === this.#starts[this.#last]) return this.#last;
    this.#last = this.#barAt.get(start) ?? this.#openBar(start, time, price);
    return this.#last;
  }

  #openBar(start: number, time: number, price: number): number {
    this.#barAt.set(start, this.length);
    for (const prices of [this.#opens, this.#highs, this.#lows, this.#closes]) prices.push(price);
    this.#openTimes.push(time);
    this.#closeTimes.push(time);
    return this.#starts.push(start) - 1;
  }
}
