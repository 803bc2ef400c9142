/**
 * `GET /cases?state=&runId=&keyId=&limit=`, newest first; `GET /cases/:caseId`, with what fell ill, as it was;
 * `GET /runs/:runId/open-cases?after=`, ids in order, page after page.
 */
import { GoboolError } from '../../../../runtime/base/error.ts';
import {
  CASE_STATES,
  type CaseDetailView,
  type CaseListView,
  type OpenCases,
} from '../../../contracts/http/case-view.ts';
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

const OPEN_OF_RUN = `SELECT case_id AS "caseId" FROM gobool.cases
  WHERE run_id = $1 AND state = 'open' AND case_id > $2 ORDER BY case_id LIMIT $3`;
const OPEN_MAX = 1_000;

/** `openMax`: so many ids are a page. */
export const caseRoutes =
  (queries: Queries, openMax = OPEN_MAX): Routes =>
  app => {
    app.get<{ Querystring: Wanted }>('/cases', ({ query }) => listCases(queries, query));
    app.get<{ Params: { caseId: string } }>('/cases/:caseId', ({ params }) => showCase(queries, params.caseId));
    app.get<{ Params: { runId: string }; Querystring: { after?: string } }>(
      '/runs/:runId/open-cases',
      async ({ params, query: { after = '' } }): Promise<OpenCases> => {
        const rows = await queries.query<{ caseId: string }>(OPEN_OF_RUN, [params.runId, after, openMax]);
        return { caseIds: rows.map(({ caseId }) => caseId), isAll: rows.length < openMax };
      },
    );
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
