/**
 * A planned sweep, from what was done of it before to its proof. What is done is kept as it comes, so a sweep that was
 * interrupted goes on where it was, whoever goes on with it.
 */
import { GoboolError } from '../../base/error.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import { inBoxes } from '../../sweep/boxes.ts';
import { rankRuns } from '../../sweep/ranking.ts';
import type { SliceRow } from '../hashed-slice.ts';
import { openStore } from '../store/open-store.ts';
import { checkAlone, type RunAlone } from './check-alone.ts';
import { confirmRuns, dropRuns, keepRuns } from './keep-runs.ts';
import { maxSliceSets } from './slices.ts';
import type { SweepDraft } from './sweep-draft.ts';
import { type DoneRun, forgetSweep, readSweepLog } from './sweep-log.ts';
import type { SweepOptions } from './sweep-options.ts';
import { isProved, sweepFolder, writeSweep } from './sweep-store.ts';

type Keeping = Pick<SweepOptions, 'projectDir' | 'keep' | 'onProgress'> & Partial<Pick<SweepOptions, 'fresh'>>;

/** What does the work. */
export interface SweepMeans {
  /** When the work began, as `performance.now` counts. */
  readonly startMs: number;
  readonly executor: string;
  /** How many have worked so far. */
  readonly workers: () => number;
  /** Gives a row for each of these sets, in any order of slices. */
  readonly run: (
    indices: readonly number[],
    onRows: (slice: readonly number[], rows: readonly SliceRow[]) => void,
  ) => Promise<void>;
  readonly runAlone: RunAlone;
}

/** Throws what the means throw, and GB_SWEEP_STATE (`check-alone.ts`). */
export async function finishSweep(draft: SweepDraft, keeping: Keeping, means: SweepMeans): Promise<SweepOutcome> {
  using keeper = keeping.keep ? await openKeeper(draft, keeping) : undefined;
  const before = keeper?.before ?? [];
  const now = await runMissing(draft, before, means, keeping, keeper?.keep);
  const runs = [...before, ...now].sort((a, b) => a.index - b.index);
  if (now.length > 0 || keeper?.isProved === false) {
    await prove(runs, draft, means).catch((error: unknown) => {
      // A proof that was only interrupted says nothing against the runs.
      if (error instanceof GoboolError && error.code === 'GB_SWEEP_STATE') keeper?.drop(runs);
      throw error;
    });
    keeper?.confirm(runs);
  }
  const facts = { resumed: before.length, workers: means.workers(), executor: means.executor };
  const elapsedMs = performance.now() - means.startMs;
  const outcome = { ...draft.outcome, ...facts, elapsedMs, createdMs: Date.now(), runs };
  if (keeping.keep) writeSweep(keeping.projectDir, outcome);
  return outcome;
}

/** What was done before, and how what is done now is kept. */
async function openKeeper(draft: SweepDraft, { projectDir, fresh }: Keeping) {
  const folder = sweepFolder(projectDir, draft.outcome.sweepId);
  if (fresh) forgetSweep(folder);
  const before = readSweepLog(folder);
  const store = await openStore(projectDir);
  return {
    before,
    /** A sweep is proved before it counts as complete, and again where another objective chooses another best set. */
    isProved: isProved(folder, draft.outcome.objective),
    keep: (runs: readonly DoneRun[]): void => keepRuns(store, folder, draft, runs),
    confirm: (runs: readonly DoneRun[]): void => confirmRuns(store, draft, runs),
    drop: (runs: readonly DoneRun[]): void => dropRuns(store, folder, draft, runs),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

/** Runs the sets that are not done yet, in any order. */
async function runMissing(
  { sets, outcome: { stepsPerRun } }: SweepDraft,
  before: readonly DoneRun[],
  means: SweepMeans,
  { onProgress }: Keeping,
  keep: ((runs: readonly DoneRun[]) => void) | undefined,
): Promise<readonly DoneRun[]> {
  const done = new Set(before.map(({ index }) => index));
  const missing = [...sets.keys()].filter(index => !done.has(index));
  const inOrder = inBoxes(sets, missing, maxSliceSets(stepsPerRun));
  const runs: DoneRun[] = [];
  const report = () => {
    const runsDone = before.length + runs.length;
    onProgress?.({ runs: sets.length, runsDone, resumed: before.length, barsDone: runs.length * stepsPerRun });
  };
  report();
  await means.run(inOrder, (slice, rows) => {
    const added = rows.map((row, at) => {
      const index = slice[at] ?? -1;
      return { index, params: sets[index] ?? {}, ...row };
    });
    keep?.(added);
    runs.push(...added);
    report();
  });
  return runs;
}

/**
 * Runs two sets alone: the best, because it is what a reader believes, and the last, because others ran before it on
 * its thread.
 */
async function prove(runs: readonly DoneRun[], { outcome }: SweepDraft, { runAlone }: SweepMeans): Promise<void> {
  const chosen = new Set([rankRuns(runs, outcome.objective).at(0), runs.at(-1)]);
  await Promise.all([...chosen].map(each => each && checkAlone(each, runAlone)));
}
