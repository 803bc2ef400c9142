/**
 * The clock and the random numbers that the code of a strategy sees at the moment, through `Date` and `Math.random`. A
 * user's own indicators are computed blocks ahead of `onBar`, so while they run both are theirs.
 */
import { nextRandom, type PrngState, prngFromSeed } from './prng.ts';

export interface Ambient {
  /** What time it is, epoch milliseconds. */
  readonly now: () => number;
  readonly random: PrngState;
}

/** An odd number: multiples of it spread over all seeds. */
const SEED_STEP = 0x85ebca6b;

let now = (): number => 0;
let random = prngFromSeed(0);
let seed = 0;
let streamCount = 0;

/** Gives the run its clock: what time it is now, epoch milliseconds. */
export function setAmbientClock(clock: () => number): void {
  now = clock;
}

export function ambientNow(): number {
  return now();
}

/** Starts random numbers anew; returns their state, which `setAmbientRandom` takes up again. */
export function seedAmbient(runSeed: number): PrngState {
  seed = Math.trunc(runSeed) | 0;
  streamCount = 0;
  random = prngFromSeed(runSeed);
  return random;
}

/** Lets random numbers go on from a state: of several runs that take turns, each has its own. */
export function setAmbientRandom(own: PrngState): void {
  random = own;
}

export function ambientRandom(): number {
  return nextRandom(random);
}

/** The number of a stream of random numbers beside the run's: 1, 2, 3 ... in every run. */
export function nextStream(): number {
  streamCount++;
  return streamCount;
}

/** The state in which a stream of the present seed starts. */
export function streamState(stream: number): PrngState {
  return prngFromSeed(seed + Math.imul(stream, SEED_STEP));
}

/** Exchanges both; returns those that were there. */
export function exchangeAmbient(next: Partial<Ambient>): Ambient {
  const before = { now, random };
  now = next.now ?? now;
  random = next.random ?? random;
  return before;
}
