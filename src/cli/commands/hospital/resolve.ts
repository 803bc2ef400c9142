/** `gobool hospital retry|discard`: what a person decides about cases. */
import * as z from 'zod/mini';
import type { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import type { CaseView } from '../../../cluster/contracts/http/case-view.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted } from '../../../runtime/base/format.ts';
import { together } from '../../../runtime/host/together.ts';
import { defineHandler } from '../../define-handler.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';
import { findCase } from './find-case.ts';

const OUTCOMES = { retry: 'tried again', discard: 'given up' } as const;

/** All of the cases, or none where one of them is not known. One that is over stays as it is. */
const resolving = (action: keyof typeof OUTCOMES) =>
  defineHandler(z.object({ case: z.array(z.string()) }), async ({ case: references }, context) => {
    const desk = await openDesk(context);
    const named = [...new Set(await together(references.map(reference => findCase(desk, reference))))];
    const over: { readonly caseId: string; readonly state: string }[] = [];
    const caseIds: string[] = [];
    for (const caseId of named) {
      const state = await endOf(desk, caseId);
      if (state === undefined) caseIds.push(caseId);
      else over.push({ caseId, state });
    }
    for (const caseId of caseIds) await desk.resolveCase(caseId, action);
    const lines = over.map(({ caseId, state }) => `Case ${shortId(caseId)} is ${state} already.`);
    const text = () => [...(caseIds.length > 0 ? [begunText(caseIds, action)] : []), ...lines].join('\n');
    return { data: { caseIds, action, over }, text };
  });

/** The state of a case that is over: command ignores what is decided of it. A key that may not read decides unseen. */
async function endOf(desk: ClusterDesk, caseId: string): Promise<CaseView['state'] | undefined> {
  try {
    const { state } = await desk.case(caseId);
    return state === 'open' || state === 'retrying' ? undefined : state;
  } catch (error) {
    if (error instanceof GoboolError && error.code === 'GB_KEY_SCOPE') return undefined;
    throw error;
  }
}

function begunText(caseIds: readonly string[], action: keyof typeof OUTCOMES): string {
  const [only = ''] = caseIds;
  const what = caseIds.length === 1 ? `Case ${shortId(only)} is` : `${counted(caseIds.length, 'case')} are`;
  return `${what} being ${OUTCOMES[action]}.`;
}

export const hospitalRetry = resolving('retry');
export const hospitalDiscard = resolving('discard');
