/**
 * Publishes messages again whose time has come, as they were: where they were, with what is known of them beside, so
 * that one that falls ill again comes back to its case. After a crash one may be published twice.
 */
import { GoboolError } from '../../../../runtime/base/error.ts';
import { retryHeaders } from '../../../contracts/dead-letter.ts';
import type { Bus } from '../../../ports/bus.ts';
import type { Queries, Sql } from '../../../ports/sql.ts';
import { crashPoint } from '../../common/crash-point.ts';
import { dueTimes } from '../due.ts';
import { settle } from '../settle.ts';
import { bodyOf } from '../store/cases.ts';
import { Changes } from '../store/changes.ts';
import type { Care } from './admit.ts';
import type { Case, CaseEvent } from './case.ts';

/** They may be large. */
const CASES_AT_ONCE = 4;

/** Resolves to how many were treated. */
export const treatCases = (sql: Sql, bus: Bus, { policies }: Care): Promise<number> =>
  sql.transaction(async queries => {
    const changes = new Changes(queries, Date.now());
    const due = await changes.cases.lockDue(CASES_AT_ONCE, dueTimes(policies, changes.nowMs));
    if (due.length === 0) return 0;
    for (const each of due) changes.cases.append(each.caseId, await treat(queries, bus, each, changes.nowMs));
    crashPoint('command.after_treatment');
    await settle(queries, changes);
    return due.length;
  });

async function treat(queries: Queries, bus: Bus, known: Case, atMs: number): Promise<CaseEvent> {
  try {
    await publish(bus, known, await bodyOf(queries, known.caseId));
    return { type: 'retried', by: null };
  } catch (error) {
    if (!(error instanceof GoboolError && error.code === 'GB_BUS_REFUSED')) throw error;
    const { code, message } = error;
    const attempts = known.attempts + 1;
    return { type: 'relapsed', state: 'open', error: { code, message }, attempts, atMs, nextMs: null };
  }
}

async function publish(bus: Bus, { place, key, headers, attempts }: Case, value: Uint8Array): Promise<void> {
  const [topic = '', partition] = (place ?? '').split('/');
  const history = retryHeaders({ origin: place ?? '', attempts });
  const message = { value, headers: { ...headers, ...history }, partition: Number(partition) };
  await bus.publish(topic, [{ ...message, ...(key !== null && { key }) }]);
}
