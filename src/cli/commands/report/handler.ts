/** `gobool report`: what the store keeps of a run, as one HTML file. */
import * as z from 'zod/mini';
import { openInBrowser, reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { runReport } from '../../../runtime/host/report/run-report.ts';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import { readCurve, readRun } from '../../../runtime/host/store/read-run.ts';
import { defineHandler } from '../../define-handler.ts';
import { htmlFileOption } from '../../options/schemas.ts';
import { VERSION } from '../../version.ts';
import { openExistingStore } from '../run/existing-store.ts';

const input = z.object({
  run: z._default(z.string(), 'last'),
  out: z.optional(htmlFileOption),
  open: z.optional(z.boolean()),
});

export const report = defineHandler(input, async ({ run: reference, out: file, open }, context) => {
  const { cwd, projectDir, env, out } = context;
  using store = await openExistingStore(projectDir);
  const run = await readRun(store, await findRun(store, reference));
  const { page, notes } = await runReport(run, await readCurve(store, run.runId), VERSION, context);
  const path = reportPath(cwd, projectDir, run.runId, file);
  writeReport(path, page);
  for (const note of notes) out.note(note);
  const opened = open === true && (await openInBrowser(path, env));
  if (open && !opened) out.note('No browser could be started.');
  return { data: { runId: run.runId, file: path, opened, notes }, runId: run.runId, text: () => path };
});
