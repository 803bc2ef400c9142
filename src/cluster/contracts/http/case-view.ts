/** What the gateway shows of the error hospital. */
import { type Static, Type } from 'typebox';
import { CaseId, TimeMs } from '../fields.ts';

/**
 * `retrying`: it is done again by itself at `nextMs`. `open`: it waits for a person. The others are over: `retried` by
 * a person or successfully by itself, `discarded` by a person, `ignored` by policy.
 */
export const CASE_STATES = ['retrying', 'open', 'retried', 'discarded', 'ignored'] as const;

/** A message that nobody can read or handle, a task that failed through no fault of its own, an unheard callback. */
export const CaseView = Type.Object({
  caseId: CaseId,
  kind: Type.Union([Type.Literal('message'), Type.Literal('task'), Type.Literal('delivery')]),
  state: Type.Enum(CASE_STATES),
  code: Type.String(),
  message: Type.String(),
  /** Cases of one cause have the same: SHA-256 over kind, type and code, its first 12 hex digits. */
  fingerprint: Type.String({ pattern: '^[0-9a-f]{12}$' }),
  /** Which service met with it, the first one of several. */
  service: Type.String(),
  /** Type of the message. */
  type: Type.Optional(Type.String()),
  runId: Type.Optional(Type.String()),
  taskId: Type.Optional(Type.String()),
  keyId: Type.Optional(Type.String()),
  correlationId: Type.Optional(Type.String()),
  /** Tries so far. */
  attempts: Type.Integer({ minimum: 1 }),
  /** When it fell ill, and when it is tried again. */
  atMs: TimeMs,
  nextMs: Type.Optional(TimeMs),
});
export type CaseView = Static<typeof CaseView>;

/** `GET /v1/cases/:caseId`: also what fell ill, as it was. */
export const CaseDetailView = Type.Intersect([
  CaseView,
  Type.Object({
    /** `<topic>/<partition>/<offset>` of a message. */
    place: Type.Optional(Type.String()),
    headers: Type.Record(Type.String(), Type.String()),
    /** Its bytes, base64; of a task: its specification. */
    body: Type.String(),
  }),
]);
export type CaseDetailView = Static<typeof CaseDetailView>;

/** `GET /v1/cases`, newest first. */
export const CaseListView = Type.Object({ cases: Type.Array(CaseView) });
export type CaseListView = Static<typeof CaseListView>;

/** What command tells a gateway of a run: cases of it that wait for a person, by id, those after the one it names. */
export interface OpenCases {
  readonly caseIds: readonly string[];
  readonly isAll: boolean;
}
