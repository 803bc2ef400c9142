import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';

/** What a strategy imports from 'gobool'; refuses a name that is not there, as the import of a module would. */
export function memberOf(sdk: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in sdk) return sdk[name];
  const problem = `'gobool' has no export "${name}".${didYouMean(name, Object.keys(sdk))}`;
  throw new GoboolError('GB_STRATEGY_COMPILE', problem, { hint: 'Fix the import, then run the command again.' });
}
