import { data, entries } from './entry.ts';

/** Data that is missing, unreadable or wrong. */
export const DATA_ERRORS = entries({
  GB_DATA_MISSING: data(
    'There is no such dataset or file.',
    'A reference is a path that ends in .csv, a dataset of the project, or a shipped sample.',
    'List what exists with `gobool data ls`.',
  ),
  GB_DATA_EMPTY: data(
    'There are no bars.',
    'The dataset is empty, or no bar lies in the range asked for.',
    'See the range with `gobool data show <name>`, then change --from and --to.',
  ),
});
