import { defined } from '../base/defined.ts';
import { GoboolError } from '../base/error.ts';
import type { StrategyAccount } from '../bundle/abi.ts';
import { parseFee, parseSlippage } from '../engine/parse-costs.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../engine/run-options.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { checkedAccount } from './strategy-account.ts';

/**
 * The options of a run: what the caller says over what the strategy says over the defaults. Throws `GB_COST`,
 * `GB_ACCOUNT_MARGIN` and `GB_STRATEGY_SHAPE`.
 */
export function accountOptions(account: StrategyAccount, given: BacktestOptions['account']): RunOptions {
  const { fee, slippage, ...plain } = checkedAccount(account);
  return checked({
    ...DEFAULT_RUN_OPTIONS,
    ...plain,
    ...(fee !== undefined && { fee: fee === 'function' ? { kind: 'strategy' } : parseFee(fee) }),
    ...(slippage !== undefined && { slippage: parseSlippage(slippage) }),
    ...defined(given),
  });
}

function checked(options: RunOptions): RunOptions {
  const { maintenanceMargin = 0, leverage } = options;
  if (maintenanceMargin * leverage <= 1) return options;
  const problem = `A maintenance margin of ${maintenanceMargin} is above ${1 / leverage}, the initial margin`;
  throw new GoboolError('GB_ACCOUNT_MARGIN', `${problem} at a leverage of ${leverage}.`);
}
