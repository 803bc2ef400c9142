/** `gobool run ls --cluster`: the runs that a cluster has taken, newest first. */
import type { ClusterDesk, RunQuery } from '../../../cluster/client/cluster-desk.ts';
import { RUN_STATES, type RunSummaryView } from '../../../cluster/contracts/http/run-view.ts';
import type { CommandContext } from '../../context.ts';
import { oneOf } from '../../options/one-of.ts';
import type { Output } from '../../output/output.ts';
import { ageText } from '../../output/quantities.ts';
import type { Reply } from '../../output/reply.ts';
import { type Column, tableText } from '../../output/table.ts';
import { isDescription, newestRuns } from '../on-cluster/cluster-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';
import { stateStyle } from '../on-cluster/state-style.ts';
import { clusterRunData } from './cluster-run-data.ts';

export interface ClusterListOptions {
  readonly where?: string | undefined;
  readonly state?: string | undefined;
  /** 0: all. */
  readonly limit: number;
  readonly keys?: boolean | undefined;
}

const PAGE_MAX = 500;
const HASH_CHARACTERS = 12;
const NONE = '-';

export async function listClusterRuns(options: ClusterListOptions, context: CommandContext): Promise<Reply> {
  const { where, state, limit, keys = false } = options;
  const query = {
    ...(state !== undefined && { state: oneOf(state, RUN_STATES, 'state') }),
    ...(where !== undefined && { where }),
  };
  const { runs, isAll } = await readRuns(await openDesk(context), query, limit);
  return { data: { runs: runs.map(clusterRunData), isAll }, text: () => listText(runs, isAll, keys, context.out) };
}

/** Without the runs in which strategies described themselves, unless those are what is to be seen: they failed. */
async function readRuns(desk: ClusterDesk, query: RunQuery, limit: number) {
  const runs: RunSummaryView[] = [];
  const page = limit === 0 ? PAGE_MAX : Math.min(PAGE_MAX, 2 * limit);
  for await (const run of newestRuns(desk, query, page)) {
    if (isDescription(run) && run.error === undefined) continue;
    if (limit > 0 && runs.length === limit) return { runs, isAll: false };
    runs.push(run);
  }
  return { runs, isAll: true };
}

const COLUMNS: readonly Column[] = [
  { title: 'run', style: 'cyan' },
  { title: 'state', style: stateStyle },
  { title: 'tasks', align: 'right' },
  { title: 'position', align: 'right' },
  { title: 'age', align: 'right', style: 'dim' },
  { title: 'kind', style: 'dim' },
  { title: 'name', shrinks: true },
  { title: 'result', style: cell => (cell.startsWith('GB_') ? 'red' : undefined) },
];
const KEY_COLUMN: Column = { title: 'key', style: 'dim' };

function listText(runs: readonly RunSummaryView[], isAll: boolean, withKeys: boolean, out: Output): string {
  if (runs.length === 0) return 'No such runs. Make one with `gobool backtest <strategy> --cluster`.';
  const nowMs = out.nowMs();
  const rows = runs.map(run => [
    shortId(run.runId),
    run.state,
    tasksText(run),
    run.position === null ? NONE : String(run.position),
    ageText(nowMs - run.submittedMs),
    run.kind,
    run.name,
    run.error?.code ?? run.resultHash?.slice(0, HASH_CHARACTERS) ?? NONE,
    run.keyId,
  ]);
  const more = isAll ? '' : `\n${out.paint('dim', `The newest ${runs.length}; --limit 0 shows all`)}`;
  return tableText(withKeys ? [...COLUMNS, KEY_COLUMN] : COLUMNS, rows, out) + more;
}

/** `3/12`, or nothing before command has cut the run into tasks. */
const tasksText = ({ tasks: { completed, total } }: RunSummaryView): string =>
  total === 0 ? NONE : `${completed}/${total}`;
