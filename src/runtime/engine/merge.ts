/**
 * Merges the bars of several feeds into steps, a block at a time: a step for every moment at which any bar closes.
 * Feeds mostly close together, and are then taken column by column; where they do not, step by step.
 */
import type { Clock } from '../indicators/clock.ts';
import { type Bars, closeColumn, closeTimeAt } from '../market/bars.ts';

/** Steps that are compared at once: what is compared in vain where feeds part is no more than this. */
const STRIDE = 64;
/** Of an Int32Array. */
const SMALLEST_SESSION = -0x80000000;

export class Merge {
  /** Per clock: index of its last known bar at each step of the block; -1 before its first. */
  readonly barAt: readonly Int32Array[];
  /** Close time and session number of each step of the block. */
  readonly times: Float64Array;
  readonly sessions: Int32Array;
  readonly #clocks: readonly Clock[];
  /** Per clock: close time of its first bar that is not merged yet; infinity after its last. */
  readonly #nextCloses: Float64Array;
  #session = SMALLEST_SESSION;

  /** `blockSteps`: the most steps that a block has. */
  constructor(clocks: readonly Clock[], blockSteps: number) {
    this.#clocks = clocks;
    this.barAt = clocks.map(() => new Int32Array(blockSteps));
    this.times = new Float64Array(blockSteps);
    this.sessions = new Int32Array(blockSteps);
    this.#nextCloses = Float64Array.from(clocks, nextClose);
  }

  /** Prepares the next block, and moves the clocks' blocks on; returns how many steps it has. */
  advance(): number {
    for (const clock of this.#clocks) clock.blockFrom = clock.blockTo;
    let at = 0;
    while (at < this.times.length) {
      const next = earliest(this.#nextCloses);
      if (next === Number.POSITIVE_INFINITY) break;
      const together = this.#togetherFrom(next, Math.min(STRIDE, this.times.length - at));
      if (together > 0) this.#takeTogether(at, together);
      else this.#takeOne(at, next);
      at += Math.max(1, together);
    }
    return at;
  }

  /** For how many steps from `now` on, `most` at most, every feed has a bar that closes. */
  #togetherFrom(now: number, most: number): number {
    for (const close of this.#nextCloses) if (close !== now) return 0;
    const first = this.#clocks[0]!;
    let count = Math.min(most, first.bars.length - first.blockTo);
    for (const other of this.#clocks) {
      if (other !== first) count = agreement(first.bars, first.blockTo, other.bars, other.blockTo, count);
    }
    return count;
  }

  #takeTogether(at: number, count: number): void {
    const [{ bars, blockTo }] = this.#clocks as [Clock];
    const { column, shift } = closeColumn(bars);
    for (let i = 0; i < count; i++) this.times[at + i] = column[blockTo + i]! + shift;
    this.sessions.fill(this.#session, at, at + count);
    for (let k = 0; k < this.#clocks.length; k++) {
      const clock = this.#clocks[k]!;
      raise(this.sessions, at, clock.bars.session, clock.blockTo, count);
      countUp(this.barAt[k]!, at, clock.blockTo, count);
      clock.blockTo += count;
      this.#nextCloses[k] = nextClose(clock);
    }
    this.#session = this.sessions[at + count - 1]!;
  }

  /** Lets every feed whose next bar closes at `now` move on. */
  #takeOne(at: number, now: number): void {
    const clocks = this.#clocks;
    const nextCloses = this.#nextCloses;
    for (let k = 0; k < clocks.length; k++) {
      const clock = clocks[k]!;
      if (nextCloses[k] === now) {
        this.#session = Math.max(this.#session, clock.bars.session[clock.blockTo]!);
        clock.blockTo++;
        nextCloses[k] = nextClose(clock);
      }
      this.barAt[k]![at] = clock.blockTo - 1;
    }
    this.times[at] = now;
    this.sessions[at] = this.#session;
  }
}

function nextClose({ bars, blockTo }: Clock): number {
  return blockTo < bars.length ? closeTimeAt(bars, blockTo) : Number.POSITIVE_INFINITY;
}

function earliest(times: Float64Array): number {
  let first = Number.POSITIVE_INFINITY;
  for (const time of times) if (time < first) first = time;
  return first;
}

/** How many bars of `a` from `i` on close when those of `b` from `j` on do; `most` at most. */
function agreement(a: Bars, i: number, b: Bars, j: number, most: number): number {
  const { column: ours, shift } = closeColumn(a);
  const { column: theirs, shift: theirShift } = closeColumn(b);
  const count = Math.min(most, b.length - j);
  let at = 0;
  while (at < count && ours[i + at]! + shift === theirs[j + at]! + theirShift) at++;
  return at;
}

/** Lifts `out` from `at` on to at least the values from `from` on. */
function raise(out: Int32Array, at: number, values: Int32Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) if (values[from + i]! > out[at + i]!) out[at + i] = values[from + i]!;
}

function countUp(out: Int32Array, at: number, from: number, count: number): void {
  for (let i = 0; i < count; i++) out[at + i] = from + i;
}
