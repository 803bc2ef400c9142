import { type Definition, feedNames, MAIN_FEED } from '../sdk/define-strategy.ts';
import type { StrategyAccount, StrategyDescription } from './abi.ts';

/** What the host must know of a strategy before it can prepare a run. */
export function describeStrategy(definition: Definition): StrategyDescription {
  const { name, data, params = {}, signals } = definition;
  return {
    name,
    feeds: feedNames(definition),
    data: data === undefined ? {} : typeof data === 'string' ? { [MAIN_FEED]: data } : data,
    params,
    form: signals === undefined ? 'onBar' : 'signals',
    account: accountOf(definition),
  };
}

function accountOf({ account = {} }: Definition): StrategyAccount {
  const { fee, ...rest } = account;
  if (fee === undefined) return rest;
  return { ...rest, fee: typeof fee === 'function' ? 'function' : fee };
}
