/**
 * The steps of a run: the close times of all feeds, merged. At one step every feed with a bar that closes then moves
 * on; the others keep their last bar. Steps are prepared a block at a time, so that indicators can run on whole blocks.
 */
import { firstWhere } from '../base/first-where.ts';
import type { Clock } from '../indicators/clock.ts';
import { closeTimeAt } from '../market/bars.ts';
import { Merge } from './merge.ts';
import { SessionEnds } from './session-ends.ts';

const VALUES_PER_CACHE_LINE = 8;

export class Timeline {
  readonly clocks: readonly Clock[];
  /** The most steps that a block has. */
  readonly blockSteps: number;
  /** Of the steps of the block, where several feeds are merged. */
  readonly merge: Merge;
  /** One feed: steps are its bars. */
  readonly isSingle: boolean;
  /** Steps `[from, to)` of the present block. */
  from = 0;
  to = 0;
  /** Of what was read ahead; kept only so that the reading is not optimised away. */
  checksum = Number.NaN;
  #blockTo = 0;
  #sessionEnds: SessionEnds | undefined;
  /** The step that the clocks stand on, where several feeds are merged; a single feed's clock says it itself. */
  #entered = -1;

  constructor(clocks: readonly Clock[], blockSteps: number) {
    this.clocks = clocks;
    this.blockSteps = blockSteps;
    this.isSingle = clocks.length === 1;
    this.merge = new Merge(clocks, this.isSingle ? 0 : blockSteps);
  }

  /** Session number of a step of the present block. */
  sessionAt(step: number): number {
    return this.isSingle ? this.clocks[0]!.bars.session[step]! : this.merge.sessions[step - this.from]!;
  }

  /** The step after the last one of the block that lies in the session of `step`; sessions never go back. */
  sessionEnd(step: number): number {
    const session = this.sessionAt(step);
    if (this.sessionAt(this.to - 1) === session) return this.to;
    return firstWhere(step + 1, this.to, later => this.sessionAt(later) !== session);
  }

  /** Of the only feed; made once, for all runs that ask. */
  get sessionEnds(): SessionEnds {
    this.#sessionEnds ??= new SessionEnds(this.clocks[0]!.bars);
    return this.#sessionEnds;
  }

  /** Close time of the present step, epoch milliseconds; before the block's first one, of that. */
  get now(): number {
    const step = this.isSingle ? this.clocks[0]!.index : this.#entered;
    return this.timeAt(Math.max(step, this.from));
  }

  /** Close time of a step of the present block, epoch milliseconds. */
  timeAt(step: number): number {
    const clock = this.clocks[0]!;
    return this.isSingle ? closeTimeAt(clock.bars, step) : this.merge.times[step - this.from]!;
  }

  /**
   * The first step of the block, `from` or later, at which a clock knows its bar `index`; the block's end where that is
   * later.
   */
  stepOf(clock: Clock, index: number, from: number): number {
    if (index >= clock.blockTo) return this.to;
    if (this.isSingle) return Math.max(index, from);
    const bars = this.merge.barAt[this.clocks.indexOf(clock)]!;
    return firstWhere(from, this.to, step => bars[step - this.from]! >= index);
  }

  /** Prepares the next block; false when no bar is left. */
  advance(): boolean {
    if (this.clocks.every(({ bars, blockTo }) => blockTo === bars.length)) return false;
    // Where the block ended, not where a run that shares it was cut off.
    this.from = this.#blockTo;
    this.to = this.isSingle ? this.#advanceSingle(this.clocks[0]!) : this.from + this.merge.advance();
    this.#blockTo = this.to;
    for (let k = 0; k < this.clocks.length; k++) this.#readAhead(this.clocks[k]!);
    return true;
  }

  /** Moves every clock to the step. */
  enter(step: number): void {
    const { clocks, merge } = this;
    if (this.isSingle) {
      clocks[0]!.index = step;
      return;
    }
    // Entered again, the step's bars are as new as before.
    if (step === this.#entered) return;
    this.#entered = step;
    const offset = step - this.from;
    for (let k = 0; k < clocks.length; k++) {
      const clock = clocks[k]!;
      const index = merge.barAt[k]![offset]!;
      clock.isNew = index !== clock.index;
      clock.index = index;
    }
  }

  /** Returns the step after the block's last. */
  #advanceSingle(clock: Clock): number {
    clock.blockFrom = this.from;
    clock.blockTo = Math.min(this.from + this.blockSteps, clock.bars.length);
    clock.isNew = true;
    return clock.blockTo;
  }

  /**
   * Reads one value per cache line of the columns that a fill needs, in order: the processor fetches ahead of an
   * orderly reader, while fills, which come at random, would wait for memory each time.
   */
  #readAhead({ bars: { time, open, volume }, blockFrom, blockTo }: Clock): void {
    let sum = 0;
    for (let i = blockFrom; i < blockTo; i += VALUES_PER_CACHE_LINE) sum += time[i]! + open[i]! + volume[i]!;
    this.checksum = sum;
  }

  /** Moves every clock to the last step of the block; what is new there is told by the step before it. */
  enterLast(): void {
    const last = this.to - 1;
    if (!this.isSingle && last !== this.#entered && last > this.from) this.enter(last - 1);
    this.enter(last);
  }

  /** Back to the start of the block, for the next of several runs. */
  rewind(): void {
    this.to = this.#blockTo;
    this.#entered = this.from - 1;
    for (const clock of this.clocks) clock.index = clock.blockFrom - 1;
  }

  /** Ends the run after `step`: nothing later happens. Until `rewind`, for another run. */
  cutAfter(step: number): void {
    this.to = step + 1;
  }
}
