import type { Migration } from './migration.ts';

/**
 * The error hospital. `cases` are what their events add up to; `case_bodies` hold what fell ill, as it was;
 * `deliveries` are what somebody outside is to be told, until it was heard. Runs know how many of their tasks are ill,
 * when they have to be over, and who waits for that.
 */
export const hospital: Migration = {
  name: '003-hospital',
  sql: `
    ALTER TABLE gobool.runs
      ADD COLUMN ill integer NOT NULL DEFAULT 0,
      ADD COLUMN deadline_ms bigint,
      ADD COLUMN callback text;
    CREATE INDEX runs_with_deadline ON gobool.runs (deadline_ms)
      WHERE deadline_ms IS NOT NULL AND state IN ('queued', 'running', 'hospital');

    DROP INDEX gobool.tasks_of_run;
    CREATE INDEX tasks_of_run ON gobool.tasks (run_id) WHERE state IN ('queued', 'dispatched', 'running', 'hospital');

    CREATE TABLE gobool.cases (
      case_id text PRIMARY KEY,
      version integer NOT NULL,
      kind text NOT NULL,
      state text NOT NULL,
      error jsonb NOT NULL,
      fingerprint text NOT NULL,
      service text NOT NULL,
      message_type text,
      place text,
      key text,
      headers jsonb NOT NULL,
      run_id text,
      task_id text,
      key_id text,
      correlation_id text,
      attempts integer NOT NULL,
      retries integer NOT NULL,
      at_ms bigint NOT NULL,
      next_ms bigint
    );
    CREATE INDEX cases_newest ON gobool.cases (at_ms DESC, case_id);
    CREATE INDEX cases_of_run ON gobool.cases (run_id);
    CREATE INDEX cases_retrying ON gobool.cases (next_ms) WHERE state = 'retrying';

    CREATE TABLE gobool.case_bodies (
      case_id text PRIMARY KEY,
      body bytea NOT NULL
    );

    CREATE TABLE gobool.deliveries (
      delivery_id text PRIMARY KEY,
      kind text NOT NULL,
      url text NOT NULL,
      headers jsonb NOT NULL,
      body text NOT NULL,
      run_id text,
      key_id text,
      correlation_id text,
      attempts integer NOT NULL,
      retries integer NOT NULL,
      next_ms bigint
    );
    CREATE INDEX deliveries_due ON gobool.deliveries (next_ms);
  `,
};
