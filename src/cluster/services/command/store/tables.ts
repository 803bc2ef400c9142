/** Streams of events, and what they add up to. */
import type { Case } from '../hospital/case.ts';
import type { Run } from '../run/run.ts';
import type { Task } from '../task/task.ts';
import type { Table } from './table.ts';

export const RUNS: Table<Run> = {
  name: 'gobool.runs',
  columns: {
    runId: 'text',
    version: 'integer',
    state: 'text',
    keyId: 'text',
    name: 'text',
    priority: 'integer',
    payloadHash: 'text',
    submittedMs: 'bigint',
    correlationId: 'text',
    traceparent: 'text',
    spec: 'jsonb',
    place: 'bigint',
    total: 'integer',
    completed: 'integer',
    failed: 'integer',
    running: 'integer',
    ill: 'integer',
    error: 'jsonb',
    deadlineMs: 'bigint',
    callback: 'text',
  },
};

export const TASKS: Table<Task> = {
  name: 'gobool.tasks',
  columns: {
    taskId: 'text',
    runId: 'text',
    number: 'integer',
    version: 'integer',
    state: 'text',
    keyId: 'text',
    priority: 'integer',
    place: 'bigint',
    attempt: 'integer',
    failures: 'integer',
    losses: 'integer',
    notBeforeMs: 'bigint',
    dispatchedMs: 'bigint',
    workerId: 'text',
    slot: 'integer',
    partition: 'integer',
  },
};

export const CASES: Table<Case> = {
  name: 'gobool.cases',
  columns: {
    caseId: 'text',
    version: 'integer',
    kind: 'text',
    state: 'text',
    error: 'jsonb',
    fingerprint: 'text',
    service: 'text',
    messageType: 'text',
    place: 'text',
    key: 'text',
    headers: 'jsonb',
    runId: 'text',
    taskId: 'text',
    keyId: 'text',
    correlationId: 'text',
    attempts: 'integer',
    retries: 'integer',
    atMs: 'bigint',
    nextMs: 'bigint',
  },
};

export interface StoredEvent {
  /** A run's, a task's or a case's id. */
  readonly stream: string;
  /** 1, 2, 3 ... in its stream. */
  readonly version: number;
  readonly atMs: number;
  readonly type: string;
  /** The event. */
  readonly data: object;
}

export const EVENTS: Table<StoredEvent> = {
  name: 'gobool.events',
  columns: { stream: 'text', version: 'integer', atMs: 'bigint', type: 'text', data: 'jsonb' },
};

export interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  /** Null: the key decides. */
  readonly partition: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

export const OUTBOX: Table<OutboxRow> = {
  name: 'gobool.outbox',
  columns: { topic: 'text', key: 'text', partition: 'integer', headers: 'jsonb', value: 'text' },
};
