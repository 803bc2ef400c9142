/** `Math` inside a strategy: frozen, and `random()` comes from the run's seed. */
import { ambientRandom } from '../../base/ambient.ts';

export const RunMath: Math = Object.freeze(
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(globalThis.Math), random: { value: (): number => ambientRandom() } },
  ) as Math,
);
