/**
 * What code reaches without naming a global: the constructor of any function makes code from text, which sees the
 * host's globals, that of the host's dates knows the machine's clock, and texts may follow the machine's locale. In a
 * strategy's own thread the constructors are the run's, and locale methods are refused under whatever name.
 * Limitation: a date that `structuredClone` made is in UTC, but no instance of the strategy's `Date`.
 */
import { GoboolError } from '../../base/error.ts';
import { RunDate } from '../../sdk/ambient/date.ts';
import { RunFunction } from '../../sdk/ambient/function.ts';
import { LOCALE_METHODS } from '../bundler/forbidden-names.ts';

const FUNCTIONS = [() => {}, function* () {}, async () => {}, async function* () {}];

const WITH_LOCALE = [Number, BigInt, String, Array, Object.getPrototypeOf(Int8Array)].map(each => each.prototype);

/** For a thread that runs strategies and nothing else. */
export function closeDetours(): void {
  for (const each of FUNCTIONS)
    Object.defineProperty(Object.getPrototypeOf(each), 'constructor', { value: RunFunction });
  for (const prototype of WITH_LOCALE) {
    for (const name of LOCALE_METHODS) {
      if (Object.hasOwn(prototype, name)) Object.defineProperty(prototype, name, { value: () => refuseLocale(name) });
    }
  }
  Object.defineProperties(globalThis.Date.prototype, Object.getOwnPropertyDescriptors(RunDate.prototype));
}

function refuseLocale(name: string): never {
  throw new GoboolError('GB_STRATEGY_FORBIDDEN', `${name}() depends on the machine's locale.`);
}
