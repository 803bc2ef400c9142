/** A case of the error hospital as the sum of its events. */
import type { CASE_STATES, CaseView } from '../../../contracts/http/case-view.ts';
import type { ErrorOfRun } from '../run/run.ts';

type CaseState = (typeof CASE_STATES)[number];

/** What fell ill. */
export interface Patient {
  readonly kind: CaseView['kind'];
  /** Cases of one cause have the same. */
  readonly fingerprint: string;
  /** Who met with it. */
  readonly service: string;
  /** `task.claimed.v1`, of a message. */
  readonly messageType: string | null;
  /** `<topic>/<partition>/<offset>` of a message. */
  readonly place: string | null;
  /** Of a message; the id of a delivery. */
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly runId: string | null;
  readonly taskId: string | null;
  readonly keyId: string | null;
  readonly correlationId: string | null;
}

/** How ill it is, and what is done about it. */
export interface Condition {
  readonly state: 'retrying' | 'open' | 'ignored';
  readonly error: ErrorOfRun;
  /** Tries so far: it grows whenever the same falls ill again. */
  readonly attempts: number;
  /** When it fell ill. Epoch milliseconds, as the next one. */
  readonly atMs: number;
  /** When it is tried again. */
  readonly nextMs: number | null;
}

export interface Case extends Patient, Omit<Condition, 'state'> {
  readonly caseId: string;
  /** Number of its events. */
  readonly version: number;
  readonly state: CaseState;
  /** Pauses of its policy that were used, since a person looked at it last. */
  readonly retries: number;
}

export type FirstCaseEvent = { readonly type: 'admitted' } & Patient & Condition;

/** `by`: the API key of a person; null: by itself. */
export type CaseEvent =
  | ({ readonly type: 'relapsed' } & Condition)
  /** A person wants its message to be tried again. */
  | { readonly type: 'scheduled'; readonly nextMs: number; readonly by: string }
  | { readonly type: 'retried'; readonly by: string | null }
  /** Given up: by a person, or because its run is over. */
  | { readonly type: 'discarded'; readonly by: string | null };

export const isUnresolved = ({ state }: Case): boolean => state === 'retrying' || state === 'open';

export function newCase(caseId: string, event: FirstCaseEvent): Case {
  const { type: _, ...fields } = event;
  return { caseId, version: 1, retries: Number(event.state === 'retrying'), ...fields };
}

/** Every later event. */
export function evolveCase(known: Case, event: CaseEvent): Case {
  return { ...known, ...changeBy(known, event), version: known.version + 1 };
}

function changeBy({ retries }: Case, event: CaseEvent): Partial<Case> {
  switch (event.type) {
    case 'relapsed': {
      const { type: _, ...condition } = event;
      return { ...condition, retries: retries + Number(event.state === 'retrying') };
    }
    case 'scheduled':
      return { state: 'retrying', nextMs: event.nextMs, retries: 0 };
    case 'retried':
    case 'discarded':
      return { state: event.type, nextMs: null };
  }
}
