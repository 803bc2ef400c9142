/** `GET /cases?state=&runId=&keyId=&limit=`, newest first; `GET /cases/:caseId`, with what fell ill, as it was. */
import { GoboolError } from '../../../../runtime/base/error.ts';
import { CASE_STATES, type CaseDetailView, type CaseListView } from '../../../contracts/http/case-view.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { Routes } from '../../common/serve-routes.ts';
import type { Case } from '../hospital/case.ts';
import { caseView } from '../hospital/case-view.ts';
import { bodyOf, CASE_ROWS } from '../store/cases.ts';
import { limitOf } from './limit.ts';

interface Wanted {
  readonly state?: string;
  readonly runId?: string;
  readonly keyId?: string;
  readonly limit?: string;
}

const LIST = `${CASE_ROWS}
  WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR run_id = $2) AND ($3::text IS NULL OR key_id = $3)
  ORDER BY at_ms DESC, case_id LIMIT $4`;

export const caseRoutes =
  (queries: Queries): Routes =>
  app => {
    app.get<{ Querystring: Wanted }>('/cases', ({ query }) => listCases(queries, query));
    app.get<{ Params: { caseId: string } }>('/cases/:caseId', ({ params }) => showCase(queries, params.caseId));
  };

async function listCases(queries: Queries, { state, runId, keyId, limit }: Wanted): Promise<CaseListView> {
  if (state !== undefined && !CASE_STATES.some(name => name === state))
    throw new GoboolError('GB_REQUEST_INVALID', `state is ${state}, not one of ${CASE_STATES.join(', ')}.`);
  const cases = await queries.query<Case>(LIST, [state ?? null, runId ?? null, keyId ?? null, limitOf(limit)]);
  return { cases: cases.map(caseView) };
}

async function showCase(queries: Queries, caseId: string): Promise<CaseDetailView> {
  const [found] = await queries.query<Case>(`${CASE_ROWS} WHERE case_id = $1`, [caseId]);
  if (found === undefined) throw new GoboolError('GB_CASE_UNKNOWN', `There is no case ${caseId}.`);
  const body = await bodyOf(queries, caseId);
  return {
    ...caseView(found),
    ...(found.place !== null && { place: found.place }),
    headers: found.headers,
    // What is JSON or text is shown so by whoever decodes it; of a task and a delivery it is JSON.
    body: body.toString('base64'),
  };
}
