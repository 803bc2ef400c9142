/** `gobool hospital ls`: cases that wait for a person or are tried again, or those of one state. */
import * as z from 'zod/mini';
import type { CaseQuery, ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import { CASE_STATES, type CaseView } from '../../../cluster/contracts/http/case-view.ts';
import { counted } from '../../../runtime/base/format.ts';
import { defineHandler } from '../../define-handler.ts';
import { oneOf } from '../../options/one-of.ts';
import { PAGE_MAX, pageOption } from '../../options/schemas.ts';
import type { Output } from '../../output/output.ts';
import { ageText } from '../../output/quantities.ts';
import { type Column, tableText } from '../../output/table.ts';
import { findClusterRun } from '../on-cluster/cluster-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';
import { stateStyle } from '../on-cluster/state-style.ts';
import { caseData } from './case-data.ts';

/** What is not over. */
const ILL = ['open', 'retrying'] as const;
const NONE = '-';

const input = z.object({ state: z.optional(z.string()), run: z.optional(z.string()), limit: pageOption });

export const hospitalLs = defineHandler(input, async ({ state, run, limit }, context) => {
  const states = state === undefined ? ILL : [oneOf(state, CASE_STATES, 'state')];
  const desk = await openDesk(context);
  const query = { limit, ...(run !== undefined && { runId: await findClusterRun(desk, run) }) };
  const { cases, isAll } = await readCases(desk, states, query);
  return { data: { cases: cases.map(caseData), isAll }, text: () => listText(cases, isAll, state, context.out) };
});

/** Newest first. */
async function readCases(desk: ClusterDesk, states: readonly string[], query: CaseQuery & { readonly limit: number }) {
  // One more than is shown tells whether there are more.
  const limit = Math.min(query.limit + 1, PAGE_MAX);
  const lists = await Promise.all(states.map(state => desk.cases({ ...query, limit, state })));
  const found = lists.flatMap(({ cases }) => cases).toSorted((a, b) => b.atMs - a.atMs);
  const isAll = found.length <= query.limit && lists.every(({ cases }) => cases.length < limit);
  return { cases: found.slice(0, query.limit), isAll };
}

const COLUMNS: readonly Column[] = [
  { title: 'case', style: 'cyan' },
  { title: 'state', style: stateStyle },
  { title: 'kind' },
  { title: 'code' },
  { title: 'tries', align: 'right' },
  { title: 'age', align: 'right', style: 'dim' },
  { title: 'again in', align: 'right' },
  { title: 'run', style: 'cyan' },
  { title: 'message', shrinks: true },
];

function listText(cases: readonly CaseView[], isAll: boolean, state: string | undefined, out: Output): string {
  if (cases.length === 0) return state === undefined ? 'Nobody is ill.' : `No case is ${state}.`;
  const nowMs = out.nowMs();
  const rows = cases.map(({ caseId, kind, code, attempts, atMs, nextMs, runId, message, ...rest }) => [
    shortId(caseId),
    rest.state,
    kind,
    code,
    String(attempts),
    ageText(nowMs - atMs),
    nextMs === undefined ? NONE : ageText(nextMs - nowMs),
    runId === undefined ? NONE : shortId(runId),
    message.replace(/\s+/g, ' '),
  ]);
  const causes = new Set(cases.map(({ fingerprint }) => fingerprint)).size;
  const count = `${counted(cases.length, 'case')} of ${counted(causes, 'cause')}`;
  const older = isAll ? '' : `, the newest ones: --limit shows up to ${PAGE_MAX}`;
  const more = out.paint('dim', `${count}${older}; gobool hospital show <case> tells more.`);
  return `${tableText(COLUMNS, rows, out)}\n\n${more}`;
}
