/** Runs of a cluster, newest first, and which one a person means. */
import type { ClusterDesk, RunQuery } from '../../../cluster/client/cluster-desk.ts';
import { isOver } from '../../../cluster/contracts/http/run-over.ts';
import type { RunSummaryView } from '../../../cluster/contracts/http/run-view.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { keptClusterRuns } from './kept-runs.ts';
import { onlyMatch, SHORT_CHARACTERS } from './short-ids.ts';

const PAGE = 500;
/** Among so many of the newest runs the beginning of an id is looked for. */
const SEARCHED_MAX = 10_000;

const WHOLE_ID = /^r-[0-9a-f]{24}$/;
const OF_TASK = /^(r-[0-9a-f]+)-\d+$/;

/** Page after page. */
export async function* newestRuns(desk: ClusterDesk, query: RunQuery, page = PAGE): AsyncGenerator<RunSummaryView> {
  for (let before: string | undefined; ; ) {
    const { runs, next } = await desk.runs({ ...query, limit: page, ...(before !== undefined && { before }) });
    yield* runs;
    if (next === undefined) return;
    before = next;
  }
}

/** In a backtest and in a sweep a strategy describes itself first, which is a run of its own. */
export const isDescription = ({ kind }: RunSummaryView): boolean => kind === 'describe';

/**
 * `reference`: an id, the beginning of one, the id of a task of it, or `last`. A whole id is taken as it is. Throws
 * `GB_RUN_UNKNOWN`, `GB_RUN_AMBIGUOUS`.
 */
export async function findClusterRun(desk: ClusterDesk, reference: string): Promise<string> {
  const beginning = OF_TASK.exec(reference)?.[1] ?? reference;
  if (WHOLE_ID.test(beginning)) return beginning;
  if (beginning === 'last') return await lastRun(desk);
  const ids: string[] = [];
  for await (const { runId } of newestRuns(desk, {})) if (ids.push(runId) >= SEARCHED_MAX) break;
  const isPart = ids.length >= SEARCHED_MAX;
  return onlyMatch(ids, beginning, { noun: 'run', unknown: 'GB_RUN_UNKNOWN', ambiguous: 'GB_RUN_AMBIGUOUS', isPart });
}

async function lastRun(desk: ClusterDesk): Promise<string> {
  for await (const run of newestRuns(desk, {}, 20)) if (!isDescription(run)) return run.runId;
  throw new GoboolError('GB_RUN_UNKNOWN', 'The cluster has no run yet.', {
    hint: 'Make one with `gobool backtest <strategy> --cluster`.',
  });
}

/** Codes of a cluster that cannot tell, or not this key: one that may only submit decides about its runs unseen. */
const UNTOLD: readonly string[] = ['GB_SERVICE_AWAY', 'GB_KEY_SCOPE'];

/**
 * As `findClusterRun`, for decisions, which are taken while nobody lists runs: an id as short as those that are shown
 * may then be that of a run which this project submitted.
 */
export async function findOrRecall(desk: ClusterDesk, reference: string, projectDir: string): Promise<string> {
  try {
    return await findClusterRun(desk, reference);
  } catch (error) {
    if (!(error instanceof GoboolError && UNTOLD.includes(error.code))) throw error;
    const [own, ...others] = keptClusterRuns(projectDir).filter(id => id.startsWith(reference));
    if (own !== undefined && others.length === 0 && reference.length >= SHORT_CHARACTERS) return own;
    throw new GoboolError(error.code, `Which run is "${reference}"? ${error.message}`, {
      hint: 'Write the whole id of the run: it is taken as it is.',
      problems: error.problems,
    });
  }
}

/** The state of a run that is over: command ignores what is decided about it. Nothing where it is not told soon. */
export async function endOf(desk: ClusterDesk, runId: string): Promise<string | undefined> {
  try {
    const { state } = await desk.glance(runId);
    return isOver(state) ? state : undefined;
  } catch (error) {
    // What is decided goes another way, or fails for the same reason.
    if (error instanceof GoboolError) return undefined;
    throw error;
  }
}
