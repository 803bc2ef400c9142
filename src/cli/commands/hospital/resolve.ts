/** `gobool hospital retry|discard`: what a person decides about cases. */
import * as z from 'zod/mini';
import { counted } from '../../../runtime/base/format.ts';
import { together } from '../../../runtime/host/together.ts';
import { defineHandler } from '../../define-handler.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';
import { findCase } from './find-case.ts';

const OUTCOMES = { retry: 'tried again', discard: 'given up' } as const;

/** All of the cases, or none where one of them is not known. */
const resolving = (action: keyof typeof OUTCOMES) =>
  defineHandler(z.object({ case: z.array(z.string()) }), async ({ case: references }, context) => {
    const desk = await openDesk(context);
    const caseIds = [...new Set(await together(references.map(reference => findCase(desk, reference))))];
    for (const caseId of caseIds) await desk.resolveCase(caseId, action);
    const [only = ''] = caseIds;
    const what = caseIds.length === 1 ? `Case ${shortId(only)} is` : `${counted(caseIds.length, 'case')} are`;
    return { data: { caseIds, action }, text: () => `${what} being ${OUTCOMES[action]}.` };
  });

export const hospitalRetry = resolving('retry');
export const hospitalDiscard = resolving('discard');
