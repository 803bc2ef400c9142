import * as z from 'zod/mini';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import { openStore } from '../../../runtime/host/store/open-store.ts';
import { removeRuns } from '../../../runtime/host/store/remove-runs.ts';
import { together } from '../../../runtime/host/together.ts';
import { defineHandler } from '../../define-handler.ts';
import { openExistingStore } from './existing-store.ts';

/** All of the runs, or none where one of them is not known. */
export const runRm = defineHandler(z.object({ run: z.array(z.string()) }), async ({ run }, { projectDir }) => {
  using store = await openExistingStore(projectDir, openStore);
  const removed = [...new Set(await together(run.map(reference => findRun(store, reference))))];
  removeRuns(store, removed);
  return { data: { removed }, text: () => `Removed ${removed.join(', ')}.` };
});
