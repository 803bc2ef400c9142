import { readSweepRows } from '../../../../cluster/client/read-result.ts';
import { runAlone } from '../../../../cluster/client/run-alone.ts';
import type { TaskEvidence } from '../../../../cluster/client/run-follower.ts';
import type { SliceRow } from '../../../../runtime/host/hashed-slice.ts';
import { finishSweep, type SweepMeans } from '../../../../runtime/host/sweep/finish-sweep.ts';
import { sweepFindings } from '../../../../runtime/report/sweep-findings.ts';
import type { CommandContext } from '../../../context.ts';
import type { Reply } from '../../../output/reply.ts';
import { type KeptSweep, keepClusterRun } from '../../on-cluster/kept-runs.ts';
import { sweepReply } from '../../sweep/reply.ts';
import { followTailed, type TailedRun } from './tailed-run.ts';

/** Waits for a sweep that this project submitted, proves it, and keeps its rows as they come. */
export async function landSweep(tailed: TailedRun, kept: KeptSweep, context: CommandContext): Promise<Reply> {
  const { draft, spec, shared, map } = kept;
  const { out, projectDir, signal } = context;
  const tasks: TaskEvidence[] = [];
  const call = { client: tailed.client, map, signal };
  const outcome = await finishSweep(
    draft,
    { projectDir, keep: true },
    {
      startMs: performance.now(),
      executor: 'cluster',
      workers: () => new Set(tasks.map(({ worker }) => worker)).size,
      run: (missing, onRows) => readMissing(tailed, kept, { missing, onRows, tasks }, signal),
      runAlone: params => runAlone(call, spec, shared, params, tailed.view.name),
    },
  );
  keepClusterRun(projectDir, tailed.runId, { kind: 'landed', id: outcome.sweepId });
  return sweepReply(outcome, sweepFindings(outcome), { top: 10, isKept: true, tasks }, out);
}

interface Reading {
  readonly missing: Parameters<SweepMeans['run']>[0];
  readonly onRows: Parameters<SweepMeans['run']>[1];
  readonly tasks: TaskEvidence[];
}

/** The run has all sets that were missing when it was submitted; some may have been kept since. */
async function readMissing(
  tailed: TailedRun,
  { indices, spec: { sets, sliceSets }, map }: KeptSweep,
  { missing, onRows, tasks }: Reading,
  signal: AbortSignal,
): Promise<void> {
  const isMissing = new Set(missing);
  const keep = (from: number, rows: readonly SliceRow[]): void => {
    const wanted = rows
      .map((row, at) => ({ row, index: indices[from + at] ?? -1 }))
      .filter(each => isMissing.has(each.index));
    for (const { index } of wanted) isMissing.delete(index);
    if (wanted.length > 0)
      onRows(
        wanted.map(({ index }) => index),
        wanted.map(({ row }) => row),
      );
  };
  await followTailed(tailed, map, signal, readTask =>
    readSweepRows(readTask, Math.ceil(sets / sliceSets), keep, evidence => tasks.push(evidence)),
  );
}
