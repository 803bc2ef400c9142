import { entries, gate, usage } from './entry.ts';

/** Commands, options and configuration that cannot be used as given. */
export const USAGE_ERRORS = entries({
  GB_USAGE: usage(
    'The command line cannot be understood.',
    'An option or argument is unknown, missing or has a value of the wrong form.',
    'See `gobool --help`.',
  ),
  GB_COST: usage(
    'A fee or slippage cannot be understood.',
    'Costs are written as text, so that flags, configuration and strategies say them the same way.',
    'Fees: 10bps, 0.1%, 0.005/share,min=1, 1.5, maker=2bps,taker=5bps or none. Slippage: 2bps, 0.01 or none.',
  ),
  GB_ACCOUNT_MARGIN: usage(
    'The maintenance margin is above the initial margin.',
    'The initial margin is 1 / leverage of the exposure. A position that uses all of it would be closed at once.',
    'Lower --maintenance-margin, or --leverage.',
  ),
  GB_CONFIG_BROKEN: usage(
    'A configuration file cannot be loaded.',
    'It must be TypeScript whose default export is a plain object.',
    'Fix the line shown; `gobool init` in an empty folder writes a file that works.',
  ),
  GB_CONFIG_INVALID: usage(
    'The configuration cannot be used.',
    'A key is unknown or a value does not fit, in a configuration file or a GOBOOL_ variable.',
    'Fix the lines shown; an editor with TypeScript checks the file against `Config` of `gobool/config`.',
  ),
  GB_INIT_EXISTS: usage(
    'The folder already has files that `gobool init` would write.',
    'Nothing is ever overwritten.',
    'Give another folder: `gobool init <folder>`.',
  ),
  GB_DATA_FEED: usage(
    'The data does not fit the feeds of the strategy.',
    'Every feed needs one dataset: from --data, the configuration, or the strategy itself.',
    'Name it with `--data <dataset>`, or `--data <feed>=<dataset>` where there are several feeds.',
  ),
  GB_CONDITION: usage(
    'A condition cannot be understood.',
    '--where and --fail-if take comparisons of names and numbers, joined by `and`.',
    "Write it like 'sharpe>1 and maxDrawdown<0.2', in metrics; --where of a sweep names its parameters.",
  ),
  GB_GATE_FAILED: gate(
    'A gate failed.',
    'A condition of --fail-if held, or a metric that it names is undefined.',
    'See data.gates in the --json output.',
  ),
});
