/**
 * What code reaches without naming a global: the constructor of any function makes code from text, which sees the
 * host's globals, and that of the host's dates knows the machine's clock. In a strategy's own thread both are the run's.
 * Limitation: a date that `structuredClone` made is in UTC, but no instance of the strategy's `Date`.
 */
import { RunDate } from '../../sdk/ambient/date.ts';
import { RunFunction } from '../../sdk/ambient/function.ts';

const FUNCTIONS = [() => {}, function* () {}, async () => {}, async function* () {}];

/** For a thread that runs strategies and nothing else. */
export function closeDetours(): void {
  for (const each of FUNCTIONS)
    Object.defineProperty(Object.getPrototypeOf(each), 'constructor', { value: RunFunction });
  Object.defineProperties(globalThis.Date.prototype, Object.getOwnPropertyDescriptors(RunDate.prototype));
}
