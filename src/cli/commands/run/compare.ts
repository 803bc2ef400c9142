import * as z from 'zod/mini';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import type { RunStore } from '../../../runtime/host/store/open-store.ts';
import { readFills, readSummary } from '../../../runtime/host/store/read-run.ts';
import { type ComparedRun, compareRuns } from '../../../runtime/report/compare.ts';
import { renderComparison } from '../../../runtime/report/compare-text.ts';
import { defineHandler } from '../../define-handler.ts';
import { textStyle } from '../../output/text-style.ts';
import { openExistingStore } from './existing-store.ts';

const input = z.object({ left: z.string(), right: z.string() });

export const runCompare = defineHandler(input, async ({ left, right }, { out, projectDir }) => {
  using store = await openExistingStore(projectDir);
  const comparison = compareRuns(await readCompared(store, left), await readCompared(store, right));
  return { data: comparison, text: () => renderComparison(comparison, textStyle(out)) };
});

async function readCompared(store: RunStore, reference: string): Promise<ComparedRun> {
  const run = await readSummary(store, await findRun(store, reference));
  const { runId, resultHash, products, summary } = run;
  return { runId, resultHash, products, metrics: summary.metrics, fills: await readFills(store, run) };
}
