/**
 * What people ask of a cluster beside running something: lists, and decisions about runs, cases and keys. Every method
 * throws what the gateway refuses, and `GB_CLUSTER_UNREACHABLE`.
 */
import { randomUUID } from 'node:crypto';
import { type Static, type TSchema, Type } from 'typebox';
import { CaseDetailView, CaseListView } from '../contracts/http/case-view.ts';
import { CreatedKeyView, KeyListView, type NewKeyBody } from '../contracts/http/key-view.ts';
import { QueueView, WorkerListView } from '../contracts/http/queue-view.ts';
import { REBUILD_MS, RebuildView } from '../contracts/http/rebuild-view.ts';
import { RunListView, RunView } from '../contracts/http/run-view.ts';
import { ask } from './ask.ts';
import type { Asked, GatewayAddress } from './request.ts';

/** What `GET /v1/runs` takes; `before`: `next` of the page that came before. */
export interface RunQuery {
  readonly state?: string;
  readonly where?: string;
  readonly before?: string;
  readonly limit?: number;
}

export interface CaseQuery {
  readonly state?: string;
  readonly runId?: string;
  readonly limit?: number;
}

/** Its waiting tasks get another place in the queue. */
export interface Move {
  readonly priority?: number;
  readonly to?: 'front' | 'back';
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Longer than a gateway waits for a service that is away. */
const GLANCE_MS = 4_000;
/** Then the gateway has given up before. */
const REBUILT_MS = REBUILD_MS + 60_000;
const Done = Type.Object({});
const Resubmitted = Type.Object({ runId: Type.String() });

export class ClusterDesk {
  readonly #gateway: GatewayAddress;
  readonly #signal: AbortSignal | undefined;

  /** `signal`: nobody waits for answers any more; methods throw its reason. */
  constructor(gateway: GatewayAddress, signal?: AbortSignal) {
    this.#gateway = gateway;
    this.#signal = signal;
  }

  runs(query: RunQuery): Promise<RunListView> {
    return this.#ask(RunListView, { method: 'GET', path: `/v1/runs${queryText(query)}` });
  }

  run(runId: string): Promise<RunView> {
    return this.#ask(RunView, { method: 'GET', path: `/v1/runs/${runId}` });
  }

  /** As `run`, for whoever can do without: asked once, and not for long. */
  glance(runId: string): Promise<RunView> {
    return this.#ask(RunView, { method: 'GET', path: `/v1/runs/${runId}`, patienceMs: 0, answerMs: GLANCE_MS });
  }

  /** Waiting tasks are dropped, running ones stopped, soon. */
  async cancelRun(runId: string): Promise<void> {
    await this.#ask(Done, { method: 'DELETE', path: `/v1/runs/${runId}` });
  }

  async moveRun(runId: string, move: Move): Promise<void> {
    await this.#ask(Done, {
      method: 'PATCH',
      path: `/v1/runs/${runId}`,
      headers: JSON_TYPE,
      body: JSON.stringify(move),
    });
  }

  /** Id of the run that goes on: another one, or the same where it lay in the hospital. */
  async retryRun(runId: string): Promise<string> {
    // One key for all tries of this call: whichever of them arrive, there is one run.
    const headers = { 'idempotency-key': randomUUID() };
    return (await this.#ask(Resubmitted, { method: 'POST', path: `/v1/runs/${runId}/retry`, headers })).runId;
  }

  queue(limit: number): Promise<QueueView> {
    return this.#ask(QueueView, { method: 'GET', path: `/v1/queue${queryText({ limit })}` });
  }

  workers(): Promise<WorkerListView> {
    return this.#ask(WorkerListView, { method: 'GET', path: '/v1/workers' });
  }

  cases(query: CaseQuery): Promise<CaseListView> {
    return this.#ask(CaseListView, { method: 'GET', path: `/v1/cases${queryText(query)}` });
  }

  case(caseId: string): Promise<CaseDetailView> {
    return this.#ask(CaseDetailView, { method: 'GET', path: `/v1/cases/${caseId}` });
  }

  async resolveCase(caseId: string, action: 'retry' | 'discard'): Promise<void> {
    // A case that is resolved stays so.
    await this.#ask(Done, { method: 'POST', path: `/v1/cases/${caseId}/${action}`, isRepeatable: true });
  }

  keys(): Promise<KeyListView> {
    return this.#ask(KeyListView, { method: 'GET', path: '/v1/keys' });
  }

  /** Where an answer is lost on its way, there is one key more, which nobody knows. */
  createKey(key: NewKeyBody): Promise<CreatedKeyView> {
    return this.#ask(CreatedKeyView, {
      method: 'POST',
      path: '/v1/keys',
      headers: JSON_TYPE,
      body: JSON.stringify(key),
    });
  }

  async revokeKey(keyId: string): Promise<void> {
    await this.#ask(Done, { method: 'DELETE', path: `/v1/keys/${keyId}` });
  }

  /** Once: where its answer is lost it may go on, and a second one beside it would help nobody. */
  rebuild(): Promise<RebuildView> {
    return this.#ask(RebuildView, { method: 'POST', path: '/v1/rebuild', answerMs: REBUILT_MS });
  }

  #ask<S extends TSchema>(schema: S, asked: Asked): Promise<Static<S>> {
    return ask(this.#gateway, schema, { ...asked, signal: this.#signal });
  }
}

/** `?state=running&limit=20`, or nothing. */
function queryText(query: object): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(given))}`;
}
