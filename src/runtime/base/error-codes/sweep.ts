import { entries, strategy, usage } from './entry.ts';

/** Spaces of parameters that cannot be swept, and objectives that do not exist. */
export const SWEEP_ERRORS = entries({
  GB_SWEEP_RANGE: usage(
    'A range of a sweep cannot be used.',
    'A range needs both ends and a step, written with --param or declared by the strategy.',
    'Write --param fast=5..50:5, --param fast=5,10,20 or --param fast=10.',
  ),
  GB_SWEEP_SIZE: usage(
    'The sweep has too many sets of parameters.',
    'One sweep runs at most 1,000,000 sets.',
    'Draw some of them with --random 10000, or take larger steps.',
  ),
  GB_SWEEP_EMPTY: usage(
    'The sweep has no set of parameters.',
    'No set of the space meets the condition of --where.',
    'Widen the ranges, or correct the condition.',
  ),
  GB_SWEEP_OBJECTIVE: usage(
    'A sweep cannot rank by this objective.',
    '--objective names one metric of a result.',
    'Use one of the metrics of docs/metrics.md, such as sharpe, calmar or maxDrawdown.',
  ),
  GB_SWEEP_STATE: strategy(
    'A run of a sweep gives another result than the same run alone.',
    'The strategy keeps something in a variable outside of defineStrategy, which the runs of a sweep share.',
    'Keep it in `state`, which every run makes anew: state: () => ({ count: 0 }).',
  ),
  GB_SWEEP_MISSING: usage(
    'There is no such sweep.',
    'The id is that of no sweep which ended, or the start of several.',
    'Run the sweep; it prints its id at the end.',
  ),
});
