import type { Migration } from './migration.ts';

/** Rows that prove that a commit is kept and seen; each probe deletes its own. */
export const probes: Migration = {
  name: '001-probes',
  sql: `
    CREATE TABLE gobool.probes (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      written_at timestamptz NOT NULL DEFAULT now()
    );
  `,
};
