import * as z from 'zod/mini';
import { defineHandler } from '../../define-handler.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { caseData } from './case-data.ts';
import { caseText } from './case-text.ts';
import { findCase } from './find-case.ts';

export const hospitalShow = defineHandler(z.object({ case: z.string() }), async ({ case: reference }, context) => {
  const desk = await openDesk(context);
  const found = await desk.case(await findCase(desk, reference));
  return { data: caseData(found), text: () => caseText(found, context.out) };
});
