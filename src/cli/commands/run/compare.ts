import * as z from 'zod/mini';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import type { RunStore } from '../../../runtime/host/store/open-store.ts';
import { readFills, readRun } from '../../../runtime/host/store/read-run.ts';
import { type ComparedRun, compareRuns } from '../../../runtime/report/comparison/compare-runs.ts';
import { renderComparison } from '../../../runtime/report/comparison/text.ts';
import { defineHandler } from '../../define-handler.ts';
import { textStyle } from '../../output/text-style.ts';
import { openExistingStore } from './existing-store.ts';

const TRADES_SHOWN = 10;

const input = z.object({ left: z.string(), right: z.string(), all: z.optional(z.boolean()) });

export const runCompare = defineHandler(input, async ({ left, right, all }, { out, projectDir }) => {
  using store = await openExistingStore(projectDir);
  const comparison = compareRuns(await readCompared(store, left), await readCompared(store, right));
  const tradesMax = all ? Number.POSITIVE_INFINITY : TRADES_SHOWN;
  return { data: comparison, text: () => renderComparison(comparison, textStyle(out), tradesMax) };
});

async function readCompared(store: RunStore, reference: string): Promise<ComparedRun> {
  const run = await readRun(store, await findRun(store, reference));
  return { ...run, fills: await readFills(store, run) };
}
