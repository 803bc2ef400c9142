import type { Migration } from './migration.ts';

/** Where in its trace a run is, and which thresholds are passed. */
export const traces: Migration = {
  name: '004-traces',
  sql: `
    ALTER TABLE gobool.runs ADD COLUMN traceparent text;

    CREATE TABLE gobool.alerts (
      metric text PRIMARY KEY,
      level text NOT NULL,
      value double precision NOT NULL,
      at_ms bigint NOT NULL
    );
  `,
};
