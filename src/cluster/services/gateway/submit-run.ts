/** Accepts a run: everything it names is stored, and Kafka has it. */
import { hash as digest } from 'node:crypto';
import { Type } from 'typebox';
import { GoboolError } from '../../../runtime/base/error.ts';
import { canonicalJson } from '../../../runtime/host/run-key.ts';
import type { MessageOf } from '../../contracts/define-message.ts';
import type { RunSummaryView } from '../../contracts/http/run-view.ts';
import { runSubmit } from '../../contracts/messages/run-submit.ts';
import type { RunSpec } from '../../contracts/run-spec.ts';
import type { Cause } from '../common/trace.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { PendingTasks, tasksOf } from './pending-tasks.ts';
import type { RunOrigins } from './run-origins.ts';
import type { RunViews } from './run-views.ts';
import { send } from './send.ts';
import { unlessSilent } from './soon.ts';

export const IdempotencyKey = Type.Object({ 'idempotency-key': Type.String({ minLength: 1, maxLength: 200 }) });

type RunSubmit = MessageOf<typeof runSubmit>;

/** What somebody submits. */
export type Submission = Pick<RunSubmit, 'name' | 'priority' | 'deadlineMs' | 'callback' | 'spec'>;

export interface Submitter {
  readonly keyId: string;
  /** Who sends the same again, because an answer got lost, means the same run. */
  readonly idempotencyKey: string;
  readonly cause: Cause;
}

/** Payloads that this gateway sent last: command may not have read them yet. */
const REMEMBERED = 10_000;

export class SubmitRun {
  readonly #parts: Pick<GatewayParts, 'artifacts' | 'bus'>;
  readonly #pending: PendingTasks;
  readonly #views: RunViews;
  readonly #origins: RunOrigins;
  /** Hashes by run. Of those that Kafka did not confirm, too: they may be there. */
  readonly #sent = new Map<string, string>();

  constructor(parts: GatewayParts, views: RunViews, origins: RunOrigins) {
    this.#parts = parts;
    this.#pending = new PendingTasks(parts.commands, parts.limits.pendingTasks);
    this.#views = views;
    this.#origins = origins;
  }

  /**
   * Resolves to the run's id. Throws `GB_RUN_OTHER_PAYLOAD`, `GB_ARTIFACT_MISSING`, `GB_PENDING_LIMIT`, or who is away.
   * Limitation: what another gateway accepted and command has not read yet is not seen; command refuses it later.
   */
  async submit(submission: Submission, { keyId, idempotencyKey, cause }: Submitter): Promise<string> {
    const { artifacts, bus } = this.#parts;
    const { spec } = submission;
    const runId = `r-${digest('sha256', `${keyId}\n${idempotencyKey}`).slice(0, 24)}`;
    const payloadHash = digest('sha256', canonicalJson(submission));
    const [known, missing] = await Promise.all([
      this.#payloadOf(runId, cause.correlationId),
      unlessSilent('GB_DOCUMENTS_UNAVAILABLE', artifacts.missing(hashesOf(spec))),
    ]);
    requireSame(idempotencyKey, known, payloadHash);
    requireArtifacts(spec, missing);
    if (known === undefined) await this.#pending.add(keyId, tasksOf(spec));
    // Another one may have come under the same key since it was looked for.
    requireSame(idempotencyKey, this.#sent.get(runId), payloadHash);
    this.#remember(runId, payloadHash);
    const message = { runId, keyId, payloadHash, submittedMs: Date.now(), ...submission };
    await send(bus, runSubmit, message, { key: runId, cause }).catch(error => {
      if (!(error instanceof GoboolError && error.code === 'GB_BUS_UNAVAILABLE')) this.#sent.delete(runId);
      throw error;
    });
    this.#views.accept(acceptedView(message));
    return runId;
  }

  async #payloadOf(runId: string, correlationId: string): Promise<string | undefined> {
    return this.#sent.get(runId) ?? (await this.#origins.find(runId, correlationId))?.payloadHash;
  }

  #remember(runId: string, payloadHash: string): void {
    this.#sent.set(runId, payloadHash);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > REMEMBERED && oldest !== undefined) this.#sent.delete(oldest);
  }
}

function requireSame(idempotencyKey: string, known: string | undefined, payloadHash: string): void {
  if (known === undefined || known === payloadHash) return;
  const message = `Something else was submitted under the idempotency key "${idempotencyKey}".`;
  throw new GoboolError('GB_RUN_OTHER_PAYLOAD', message);
}

const hashesOf = (spec: RunSpec) =>
  spec.kind === 'describe' ? [spec.bundle] : [...new Set([spec.bundle, spec.input, ...spec.datasets])];

function requireArtifacts({ kind }: RunSpec, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const message = `The ${kind} names ${missing.length} artifacts that are not stored.`;
  throw new GoboolError('GB_ARTIFACT_MISSING', message, { problems: missing });
}

/** As `run.changed.v1`, before its first version. */
const acceptedView = ({ runId, keyId, name, priority, submittedMs, spec }: RunSubmit): RunSummaryView => ({
  runId,
  version: 0,
  atMs: submittedMs,
  submittedMs,
  state: 'accepted',
  kind: spec.kind,
  name,
  keyId,
  priority,
  tasks: { total: 0, completed: 0, failed: 0, running: 0 },
  position: null,
});
