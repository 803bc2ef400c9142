import { bug, data, entries, machine, usage } from './entry.ts';

/** The project's store of runs. */
export const STORE_ERRORS = entries({
  GB_STORE_NEWER: usage(
    'The run store was written by a newer gobool.',
    'A newer version may keep things in it that this version would lose.',
    'Install the newest gobool: `npm install gobool@latest`.',
  ),
  GB_STORE_BUSY: machine(
    'Another process keeps the run store locked.',
    'Runs in one project take turns at the index; one of them did not let go in time.',
    'Wait for the other gobool to end, then run the command again.',
  ),
  GB_STORE_BROKEN: data(
    'The index of the run store is damaged.',
    'SQLite cannot read the file; the runs themselves lie beside it, each in a folder of its own.',
    'Move .gobool/index.sqlite away: `gobool run ls` makes a new one from the runs.',
  ),
  GB_RUN_MISSING: usage(
    'There is no such run.',
    'A run is named by its id, the beginning of its id, or `last`.',
    'List the runs with `gobool run ls`.',
  ),
  GB_RUN_AMBIGUOUS: usage(
    'Several runs begin with these letters.',
    'The beginning of an id must fit one run only.',
    'Write more letters of the id.',
  ),
  GB_RUN_BROKEN: data(
    'A stored run cannot be read.',
    'One of its files is missing or damaged.',
    'Make it again with `gobool backtest`, and remove the broken one with `gobool run rm <id>`.',
  ),
  GB_NONDETERMINISTIC: bug(
    'The same work gave another result.',
    'Equal inputs must give equal bytes; two runs, or two attempts on a cluster, differ. What was kept stays.',
    'Compare the runs with `gobool run compare`, and please report it.',
  ),
});
