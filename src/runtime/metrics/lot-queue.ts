/**
 * What is open of one product, oldest first: a queue of entries in columns.
 * Taking from the front moves an index, so a queue costs the same per fill at any length.
 * Invariant: all entries have the same side, and `open` is the sum of their quantities.
 */
export class LotQueue {
  /** Quantities left, all positive. */
  readonly quantity: number[] = [];
  readonly price: number[] = [];
  /** Entry fee for a quantity of 1. */
  readonly feePerUnit: number[] = [];
  readonly time: number[] = [];
  readonly step: number[] = [];
  /** Where in the product's bars it was entered: see `excursions.ts`. */
  readonly position: number[] = [];
  /** Index of the oldest entry that is not used up, and of the one after the newest. */
  head = 0;
  tail = 0;
  /** 1: long, -1: short. Means nothing while the queue is empty. */
  side: 1 | -1 = 1;
  open = 0;

  get isEmpty(): boolean {
    return this.head === this.tail;
  }

  push(quantity: number, price: number, feePerUnit: number, time: number, step: number, position: number): void {
    const at = this.tail++;
    this.quantity[at] = quantity;
    this.price[at] = price;
    this.feePerUnit[at] = feePerUnit;
    this.time[at] = time;
    this.step[at] = step;
    this.position[at] = position;
    this.open += quantity;
  }

  /** Uses up `quantity` of the oldest entry; what is left below `dust` counts as nothing. */
  take(quantity: number, dust: number): void {
    const left = this.quantity[this.head]! - quantity;
    this.open -= quantity;
    if (left > dust) this.quantity[this.head] = left;
    else this.head++;
    if (this.isEmpty) this.#restart();
  }

  /** One unit becomes `ratio` units, and costs so much less. */
  split(ratio: number): void {
    for (let at = this.head; at < this.tail; at++) {
      this.quantity[at]! *= ratio;
      this.price[at]! /= ratio;
      this.feePerUnit[at]! /= ratio;
    }
    this.open *= ratio;
  }

  /** Columns are used again from their start, so that they stay as short as the longest position. */
  #restart(): void {
    this.head = 0;
    this.tail = 0;
    this.open = 0;
  }
}
