/** Makes the bundle's exports from a strategy: what a host calls, wherever the bundle runs. */
import { GoboolError } from '../base/error.ts';
import { ownFeeOf } from '../engine/assemble.ts';
import { indicatorColumns } from '../engine/indicator-columns.ts';
import { runStrategy } from '../engine/run-strategy.ts';
import { summarizeWithIntervals } from '../metrics/summarize.ts';
import type { Strategy } from '../sdk/define-strategy.ts';
import { runSlice } from '../sweep/run-slice.ts';
import { ABI, type BundleModule } from './abi.ts';
import { describeStrategy } from './describe.ts';

export { memberOf } from './member-of.ts';

/** `strategy`: the default export of the user's file, whatever that is. */
export function makeBundle(strategy: unknown): BundleModule {
  return {
    abi: ABI,
    describe: () => describeStrategy(checked(strategy).definition),
    run: (input, hooks) => {
      const sound = checked(strategy);
      const record = runStrategy(sound, input, hooks);
      return summarizeWithIntervals(record, input, ownFeeOf(sound.definition));
    },
    runSlice: (input, hooks) => runSlice(checked(strategy), input, hooks),
    indicators: (input, hooks) => indicatorColumns(checked(strategy), input, hooks),
  };
}

function checked(strategy: unknown): Strategy {
  if (typeof (strategy as Partial<Strategy> | undefined)?.definition === 'object') return strategy as Strategy;
  const what = strategy === undefined ? 'nothing' : `a value of type ${typeof strategy}`;
  throw new GoboolError('GB_STRATEGY_SHAPE', `The file's default export is ${what}, not a strategy.`);
}
