import { defined } from '../base/defined.ts';
import type { StrategyAccount } from '../bundle/abi.ts';
import { parseFee, parseSlippage } from '../engine/parse-costs.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../engine/run-options.ts';
import type { BacktestOptions } from './backtest-options.ts';

/** The options of a run: what the caller says over what the strategy says over the defaults. */
export function accountOptions(account: StrategyAccount, given: BacktestOptions['account']): RunOptions {
  const { fee, slippage, ...plain } = account;
  return {
    ...DEFAULT_RUN_OPTIONS,
    ...plain,
    ...(fee !== undefined && { fee: fee === 'function' ? { kind: 'strategy' } : parseFee(fee) }),
    ...(slippage !== undefined && { slippage: parseSlippage(slippage) }),
    ...defined(given),
  };
}
