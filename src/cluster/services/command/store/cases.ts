/** What one transaction reads, locks and changes of cases. They are locked after runs and tasks. */
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { DueTimes } from '../due.ts';
import { type Case, type CaseEvent, evolveCase, type FirstCaseEvent, newCase } from '../hospital/case.ts';
import { eventsOf, Streams, statesOf } from './streams.ts';
import { assignments, insertFrom, records, selectList } from './table.ts';
import { CASES, EVENTS } from './tables.ts';

export const CASE_ROWS = `SELECT ${selectList(CASES)} FROM gobool.cases`;

/** The update names what it was decided on; a row that has gone on meanwhile is not met. */
const SAVE = `
  WITH new_cases AS (${insertFrom(CASES, '$1')}), new_events AS (${insertFrom(EVENTS, '$3')}),
    old_cases AS (
      UPDATE gobool.cases SET ${assignments(CASES)} FROM ${records(CASES, '$2')}
      WHERE case_id = rows."caseId" AND cases.version = rows.version - 1
      RETURNING 1
    )
  SELECT count(*)::int AS count FROM old_cases`;

/** A body stays what it was at first. */
const SAVE_BODY = 'INSERT INTO gobool.case_bodies (case_id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING';

export class Cases {
  readonly #streams = new Streams<Case, CaseEvent | FirstCaseEvent>(
    evolveCase as (known: Case, event: CaseEvent | FirstCaseEvent) => Case,
  );
  readonly #bodies = new Map<string, Uint8Array>();
  readonly #queries: Queries;
  readonly #nowMs: number;

  constructor(queries: Queries, nowMs: number) {
    this.#queries = queries;
    this.#nowMs = nowMs;
  }

  async lock(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const text = `${CASE_ROWS} WHERE case_id = ANY($1) ORDER BY case_id FOR UPDATE`;
    for (const row of await this.#queries.query<Case>(text, [ids])) this.#streams.load(row.caseId, row);
  }

  /** Those whose time has come and that nobody else holds. */
  async lockDue(limit: number, { nowMs, neverMs }: DueTimes): Promise<readonly Case[]> {
    const text = `${CASE_ROWS} WHERE state = 'retrying' AND (next_ms <= $1 OR next_ms > $3)
      ORDER BY next_ms LIMIT $2 FOR UPDATE SKIP LOCKED`;
    const rows = await this.#queries.query<Case>(text, [nowMs, limit, neverMs]);
    for (const row of rows) this.#streams.load(row.caseId, row);
    return rows;
  }

  get(caseId: string): Case | undefined {
    return this.#streams.get(caseId);
  }

  /** `body`: what fell ill, as it was. */
  start(caseId: string, event: FirstCaseEvent, body: Uint8Array): void {
    this.#streams.start(caseId, newCase(caseId, event), event);
    this.#bodies.set(caseId, body);
  }

  append(caseId: string, event: CaseEvent): void {
    this.#streams.append(caseId, event);
  }

  /** Throws `GB_SQL_CONFLICT` where something has gone on meanwhile. */
  async save(): Promise<void> {
    const changed = this.#streams.prolonged();
    if (changed.length === 0) return;
    const old = statesOf(changed, true);
    const events = changed.flatMap(stream => eventsOf(stream, this.#nowMs));
    const [saved] = await this.#queries.query<{ count: number }>(
      SAVE,
      [statesOf(changed, false), old, events].map(part => JSON.stringify(part)),
    );
    if (saved?.count !== old.length) throw new GoboolError('GB_SQL_CONFLICT', 'A case has gone on meanwhile.');
    for (const [caseId, body] of this.#bodies) await this.#queries.query(SAVE_BODY, [caseId, body]);
  }
}

export async function bodyOf(queries: Queries, caseId: string): Promise<Buffer> {
  const [row] = await queries.query<{ body: Buffer }>('SELECT body FROM gobool.case_bodies WHERE case_id = $1', [
    caseId,
  ]);
  return row?.body ?? Buffer.alloc(0);
}
