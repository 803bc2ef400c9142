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

export class SubmitRun {
  readonly #parts: Pick<GatewayParts, 'artifacts' | 'bus'>;
  readonly #pending: PendingTasks;
  readonly #views: RunViews;

  constructor(parts: GatewayParts, views: RunViews) {
    this.#parts = parts;
    this.#pending = new PendingTasks(parts.commands, parts.limits.pendingTasks);
    this.#views = views;
  }

  /** Resolves to the run's id. Throws `GB_ARTIFACT_MISSING`, `GB_PENDING_LIMIT`, or who is away. */
  async submit(submission: Submission, { keyId, idempotencyKey, cause }: Submitter): Promise<string> {
    const { artifacts, bus } = this.#parts;
    const { spec } = submission;
    const missing = await unlessSilent('GB_DOCUMENTS_UNAVAILABLE', artifacts.missing(hashesOf(spec)));
    requireArtifacts(spec, missing);
    const runId = `r-${digest('sha256', `${keyId}\n${idempotencyKey}`).slice(0, 24)}`;
    if (!this.#views.isAccepted(runId)) await this.#pending.add(keyId, tasksOf(spec));
    const payloadHash = digest('sha256', canonicalJson(submission));
    const message = { runId, keyId, payloadHash, submittedMs: Date.now(), ...submission };
    await send(bus, runSubmit, message, { key: runId, cause });
    this.#views.accept(acceptedView(message));
    return runId;
  }
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
