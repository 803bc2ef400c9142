/** `Math` inside a strategy: frozen, and `random()` comes from the run's seed. */
import { nextRandom, type PrngState, prngFromSeed } from '../../base/prng.ts';

let state = prngFromSeed(0);

/** Starts random numbers anew; returns their state, which `setAmbientRandom` takes up again. */
export function seedAmbient(seed: number): PrngState {
  state = prngFromSeed(seed);
  return state;
}

/** Lets `random()` go on from a state: of several runs that take turns, each has its own. */
export function setAmbientRandom(own: PrngState): void {
  state = own;
}

const random = (): number => nextRandom(state);

export const RunMath: Math = Object.freeze(
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(globalThis.Math), random: { value: random } },
  ) as Math,
);
