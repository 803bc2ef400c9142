import type { Column } from '../../output/table.ts';

/** Names of datasets begin alike: cut to a few letters they tell nothing, and a line that is broken tells all. */
export const NAME_COLUMN: Column = { title: 'name', style: 'cyan', shrinks: 24 };
