/** `gobool report`: what the project keeps of a run or a sweep, as one HTML file. */
import * as z from 'zod/mini';
import { GoboolError } from '../../../runtime/base/error.ts';
import { openInBrowser, reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { runReport } from '../../../runtime/host/report/run-report.ts';
import { sweepReport } from '../../../runtime/host/report/sweep-report.ts';
import { findRun } from '../../../runtime/host/store/find-run.ts';
import { readCurve, readRun } from '../../../runtime/host/store/read-run.ts';
import { isSweepId, listSweeps, readSweep } from '../../../runtime/host/sweep/sweep-store.ts';
import { sweepFindings } from '../../../runtime/report/sweep-findings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { htmlFileOption } from '../../options/schemas.ts';
import { VERSION } from '../../version.ts';
import { localExecutor } from '../local-executor.ts';
import { openExistingStore } from '../run/existing-store.ts';

const input = z.object({
  run: z._default(z.string(), 'last'),
  out: z.optional(htmlFileOption),
  open: z._default(z.boolean(), false),
});

export const report = defineHandler(input, async ({ run: reference, out: file, open }, context) => {
  const { cwd, projectDir, env, out } = context;
  const { id, page, notes } = await (isSweepId(reference) ? ofSweep : ofRunOrSweep)(reference, context);
  const path = reportPath(cwd, projectDir, id, file);
  writeReport(path, page);
  for (const note of notes) out.note(note);
  const opened = open && (await openInBrowser(path, env));
  if (open && !opened) out.note('No browser could be started.');
  return { data: { id, file: path, opened, notes }, text: () => path };
});

interface Made {
  readonly id: string;
  readonly page: string;
  readonly notes: readonly string[];
}

/** `last` is the newest run; where there is none yet, whoever swept means the newest sweep. */
async function ofRunOrSweep(reference: string, context: CommandContext): Promise<Made> {
  try {
    return await ofRun(reference, context);
  } catch (error) {
    const isNone = reference === 'last' && error instanceof GoboolError && error.code === 'GB_RUN_MISSING';
    const [newest] = isNone ? listSweeps(context.projectDir) : [];
    if (newest === undefined) throw error;
    const made = await ofSweep(newest.sweepId, context);
    return { ...made, notes: ['There is no run yet: this is the newest sweep.', ...made.notes] };
  }
}

async function ofRun(reference: string, context: CommandContext): Promise<Made> {
  using store = await openExistingStore(context.projectDir);
  const run = await readRun(store, await findRun(store, reference));
  const place = { ...context, executor: localExecutor('thread', context) };
  const { page, notes } = await runReport(run, await readCurve(store, run.runId), VERSION, place);
  return { id: run.runId, page, notes };
}

async function ofSweep(reference: string, { projectDir }: CommandContext): Promise<Made> {
  const outcome = readSweep(projectDir, reference);
  const page = await sweepReport(outcome, sweepFindings(outcome), VERSION);
  return { id: outcome.sweepId, page, notes: [] };
}
