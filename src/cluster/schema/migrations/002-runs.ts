import type { Migration } from './migration.ts';

/**
 * Runs and their tasks. `events` is the truth, and only grows; `runs` and `tasks` are what its events add up to,
 * written in the same transaction; `outbox` holds messages until the log has them.
 */
export const runs: Migration = {
  name: '002-runs',
  sql: `
    CREATE TABLE gobool.events (
      stream text NOT NULL,
      version integer NOT NULL,
      at_ms bigint NOT NULL,
      type text NOT NULL,
      data jsonb NOT NULL,
      PRIMARY KEY (stream, version)
    );

    CREATE SEQUENCE gobool.places;

    CREATE TABLE gobool.runs (
      run_id text PRIMARY KEY,
      version integer NOT NULL,
      state text NOT NULL,
      key_id text NOT NULL,
      name text NOT NULL,
      priority integer NOT NULL,
      payload_hash text NOT NULL,
      submitted_ms bigint NOT NULL,
      correlation_id text NOT NULL,
      spec jsonb NOT NULL,
      place bigint NOT NULL,
      total integer NOT NULL,
      completed integer NOT NULL,
      failed integer NOT NULL,
      running integer NOT NULL,
      error jsonb
    );

    CREATE TABLE gobool.tasks (
      task_id text PRIMARY KEY,
      run_id text NOT NULL,
      number integer NOT NULL,
      version integer NOT NULL,
      state text NOT NULL,
      key_id text NOT NULL,
      priority integer NOT NULL,
      place bigint NOT NULL,
      attempt integer NOT NULL,
      failures integer NOT NULL,
      losses integer NOT NULL,
      not_before_ms bigint NOT NULL,
      dispatched_ms bigint NOT NULL,
      worker_id text,
      slot integer,
      partition integer
    );
    CREATE INDEX tasks_of_run ON gobool.tasks (run_id) WHERE state IN ('queued', 'dispatched', 'running');
    CREATE INDEX tasks_waiting ON gobool.tasks (key_id, priority DESC, place, number) WHERE state = 'queued';
    CREATE INDEX tasks_taken ON gobool.tasks (key_id) WHERE state IN ('dispatched', 'running');
    CREATE INDEX tasks_served ON gobool.tasks (key_id, dispatched_ms);
    CREATE INDEX tasks_of_worker ON gobool.tasks (worker_id, slot);

    CREATE TABLE gobool.outbox (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      topic text NOT NULL,
      key text NOT NULL,
      partition integer,
      headers jsonb NOT NULL,
      value text NOT NULL
    );
  `,
};
