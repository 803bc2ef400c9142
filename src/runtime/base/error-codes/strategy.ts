import { entries, strategy, usage } from './entry.ts';

/** A strategy that cannot be built, declares something impossible, or fails while it runs. */
export const STRATEGY_ERRORS = entries({
  GB_STRATEGY_MISSING: usage(
    'There is no such strategy file.',
    'The path does not exist, or is a folder.',
    'Check the path; `gobool init` makes an example strategy.',
  ),
  GB_STRATEGY_COMPILE: strategy(
    'The strategy does not compile.',
    'esbuild could not parse the file or resolve one of its imports.',
    'Fix the line shown, then run the command again.',
  ),
  GB_STRATEGY_FORBIDDEN: strategy(
    'The strategy uses something that would make its result depend on more than its inputs.',
    'A run must give the same result on every machine: no clock, files, network, timers or shared globals.',
    'Use what the strategy context offers: `time`, `random()` through Math.random, parameters and feeds.',
  ),
  GB_STRATEGY_SHAPE: strategy(
    'The strategy, or what one of its functions returns, has the wrong shape.',
    'gobool runs the default export of the file, which must come from defineStrategy() and return what that asks for.',
    'Write `export default defineStrategy({ name, onBar() {} })`; `gobool init` makes an example.',
  ),
  GB_STRATEGY_THREW: strategy(
    'The strategy threw an error.',
    'An exception left one of its functions; the frame shows the line, the bar shows when.',
    'Fix the line shown. `npx tsc --noEmit` finds names that do not exist, which running alone does not look for.',
  ),
  GB_STRATEGY_ASYNC: strategy(
    'A strategy function returned a promise.',
    'Strategies are synchronous: the next bar does not wait.',
    'Remove `async` and `await` from the function.',
  ),
  GB_STRATEGY_FUTURE: strategy(
    'The strategy asked for a bar that has not happened yet.',
    '`at(0)` is the current bar and `at(1)` the one before; negative offsets would be the future.',
    'Use `at(0)` or a positive whole number of bars ago.',
  ),
  GB_STRATEGY_HISTORY: strategy(
    'The strategy looked further back than the indicator keeps.',
    'Indicators keep a limited number of past values, so that memory does not grow with the data.',
    'Declare `history: <bars>` in defineStrategy().',
  ),
  GB_STRATEGY_ORDER: strategy(
    'The strategy placed an order that makes no sense.',
    'Quantities must be finite and not zero, prices finite and above zero, stops and limits on orders that have them.',
    'Check the values shown; an undefined indicator is NaN.',
  ),
  GB_STRATEGY_INDICATOR: strategy(
    'An indicator was declared with arguments that make no sense.',
    'Periods are whole numbers of bars of at least 1, and inputs are series.',
    'Check the arguments in `indicators`.',
  ),
  GB_STRATEGY_NUMBER: strategy(
    'The strategy used a series or a position as if it were a number.',
    'A series has a value at each bar. Compared as it is, it would be neither above nor below anything.',
    'Write `close.value`, or `close.at(1)` for the bar before; `crossesAbove(a, b)` takes series.',
  ),
  GB_STRATEGY_TIMEOUT: strategy(
    'The strategy did not finish a bar in time.',
    'The watchdog stops a run whose bar takes longer than the limit: most often an endless loop.',
    'Look for a loop that never ends at the bar shown.',
  ),
  GB_STRATEGY_MEMORY: strategy(
    'The strategy used more memory than a run may.',
    'Heap and array buffers together are limited, so that one strategy cannot take down the machine.',
    'Do not keep every bar: use indicators, or a ring of fixed length.',
  ),
  GB_STRATEGY_CURRENCY: strategy(
    'The feeds are quoted in different currencies.',
    'One account has one currency, and gobool does not convert between currencies yet.',
    'Run the products in separate backtests, or use products with the same quote currency.',
  ),
  GB_BUNDLE_ABI: usage(
    'The bundle was made for another version of gobool.',
    'Bundle and host exchange data in a numbered form, the ABI.',
    'Bundle the strategy again with this gobool, or use the version that made the bundle.',
  ),
  GB_PARAM_UNKNOWN: usage(
    'The strategy has no such parameter.',
    '`--set` names a parameter that `params` does not declare.',
    'Use one of the names shown.',
  ),
  GB_PARAM_RANGE: usage(
    'A parameter value does not fit its declaration.',
    'Parameters declare a type and a range.',
    'Use a value of the type and range shown.',
  ),
});
