/** What can be done to a part of the cluster, and in which order it is done. Pure. */
import { nextRandom, type PrngState, prngFromSeed } from '../../runtime/base/prng.ts';
import { COMPONENT_NAMES, type ComponentName } from '../dev/component.ts';

/**
 * `kill`: kill -9. `stop`: all its processes stand still for longer than any lease, then go on. `down`: killed, and
 * kept from coming back for a while. `restart`: asked to end, and started again.
 */
export const FAULT_KINDS = ['kill', 'stop', 'down', 'restart'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `everything`: all components and the daemon that looks after them, killed at once. */
export const TARGETS = [...COMPONENT_NAMES, 'everything'] as const;
export type Target = ComponentName | 'everything';

export interface Fault {
  readonly target: Target;
  readonly kind: FaultKind;
}

/** Longer than leases and sessions of Kafka's groups, 6 s; shorter than the minute after which the daemon kills. */
export const STOP_MS = 10_000;
export const DOWN_MS = 20_000;

/** What makes sense: everything can only be killed. */
export function faultsOf(targets: readonly Target[], kinds: readonly FaultKind[]): readonly Fault[] {
  return targets.flatMap(target =>
    kinds.filter(kind => target !== 'everything' || kind === 'kill').map(kind => ({ target, kind })),
  );
}

/** Decides by the seed alone, so that what failed can be done again. */
export class Dice {
  readonly #state: PrngState;

  constructor(seed: number) {
    this.#state = prngFromSeed(seed);
  }

  /** At least `from`, less than `to`. */
  between(from: number, to: number): number {
    return from + nextRandom(this.#state) * (to - from);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.between(0, items.length))] ?? items[0];
  }
}
