import { entries, gate, usage } from './entry.ts';

/** Commands, options and configuration that cannot be used as given. */
export const USAGE_ERRORS = entries({
  GB_USAGE: usage(
    'The command line cannot be understood.',
    'An option or argument is unknown, missing or has a value of the wrong form.',
    'See `gobool --help`.',
  ),
  GB_GATE_FAILED: gate(
    'A gate failed.',
    'A condition of --fail-if held, or a metric that it names is undefined.',
    'See data.gates in the --json output.',
  ),
});
