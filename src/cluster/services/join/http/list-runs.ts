/** Lists of runs, newest first, page by page. */
import { evaluateCondition, parseConditions } from '../../../../runtime/base/conditions.ts';
import { RUN_NUMBERS, type RunListView, type RunSummaryView } from '../../../contracts/http/run-view.ts';
import type { RunDocument, Views } from '../store/views.ts';
import { summaryOf, taskOfOne } from './run-summary.ts';

export interface RunQuery {
  /** Fields must have these values. */
  readonly equal: { readonly keyId?: string; readonly state?: string; readonly kind?: string; readonly name?: string };
  /** Comparisons of `RUN_NUMBERS`. */
  readonly where?: string;
  /** What the page before named as `next`. */
  readonly before?: string;
  /** Runs of a page. */
  readonly limit: number;
}

/** Conditions are met here, not by an index: so many runs are looked at for one page, which may then have fewer. */
const LOOKED_AT = 500;
const LOOKS_MAX = 10;

/** Throws `GB_CONDITION`. */
export async function listRuns(views: Views, { equal, where, before, limit }: RunQuery): Promise<RunListView> {
  const meets = filterOf(where);
  const found: RunDocument[] = [];
  let last = before;
  let isEnd = false;
  for (let looks = 0; looks < LOOKS_MAX && !isEnd && found.length <= limit; looks++) {
    const page = await views.runs.find({
      where: equal as { readonly keyId?: string; readonly kind?: string },
      ...(last !== undefined && { below: { field: 'place', value: last } }),
      sort: { field: 'place', direction: 'descending' },
      limit: where === undefined ? limit + 1 : LOOKED_AT,
    });
    isEnd = page.length < (where === undefined ? limit + 1 : LOOKED_AT);
    found.push(...page.filter(run => meets(summaryOf(run))));
    last = page.at(-1)?.place ?? last;
  }
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1)?.place : isEnd ? undefined : last;
  return { runs: await summaries(views, shown), ...(next !== undefined && { next }) };
}

function filterOf(where: string | undefined): (run: RunSummaryView) => boolean {
  if (where === undefined) return () => true;
  const conditions = parseConditions(where, RUN_NUMBERS);
  return run => {
    const values: Readonly<Record<string, unknown>> = { ...run, ...run.tasks };
    const numberOf = (name: string) => (values[name] ?? null) as number | null;
    return conditions.every(condition => evaluateCondition(condition, numberOf) === 'holds');
  };
}

async function summaries({ tasks }: Views, runs: readonly RunDocument[]): Promise<RunSummaryView[]> {
  const ids = runs.flatMap(run => taskOfOne(run) ?? []);
  const byId = new Map((ids.length > 0 ? await tasks.getAll(ids) : []).map(task => [task._id, task]));
  return runs.map(run => summaryOf(run, byId.get(taskOfOne(run) ?? '')));
}
