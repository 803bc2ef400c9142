/** `Math` inside a strategy: frozen, and `random()` comes from the run's seed. */
import { nextRandom, prngFromSeed } from '../../base/prng.ts';

let state = prngFromSeed(0);

/** Starts the run's random numbers anew. */
export function seedAmbient(seed: number): void {
  state = prngFromSeed(seed);
}

const random = (): number => nextRandom(state);

export const RunMath: Math = Object.freeze(
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(globalThis.Math), random: { value: random } },
  ) as Math,
);
