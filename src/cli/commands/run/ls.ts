import * as z from 'zod/mini';
import { didYouMean } from '../../../runtime/base/closest.ts';
import { parseConditions } from '../../../runtime/base/conditions.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { counted, signed } from '../../../runtime/base/format.ts';
import { type ListedRun, type ListQuery, listRuns } from '../../../runtime/host/store/list-runs.ts';
import { hasStore, openStoreToRead } from '../../../runtime/host/store/open-store.ts';
import { RUN_VALUE_NAMES } from '../../../runtime/host/store/run-values.ts';
import { listSweeps } from '../../../runtime/host/sweep/sweep-store.ts';
import type { Metric } from '../../../runtime/metrics/metric.ts';
import { metricText, timeJson } from '../../../runtime/report/format.ts';
import { defineHandler } from '../../define-handler.ts';
import { refuseOptions } from '../../options/refuse-options.ts';
import { numberOption, whereOption } from '../../options/schemas.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { minuteText } from './minute-text.ts';

const LIMIT_DEFAULT = 20;
const SORT_NAMES: readonly string[] = ['time', ...RUN_VALUE_NAMES];

const input = z.object({
  where: whereOption,
  sort: z.optional(z.string()),
  limit: z._default(z.pipe(numberOption, z.int().check(z.gte(0))), LIMIT_DEFAULT),
  cluster: z.optional(z.boolean()),
  state: z.optional(z.string()),
  keys: z.optional(z.boolean()),
  sweeps: z.optional(z.boolean()),
});

export const runLs = defineHandler(input, async (options, context) => {
  const { where, sort, limit, cluster, state, keys, sweeps } = options;
  if (sweeps) {
    refuseOptions({ where, sort, cluster, state, keys }, 'sweeps of the project are listed newest first, all of them');
    return (await import('./sweeps-ls.ts')).sweepsReply(context, limit);
  }
  if (cluster) {
    refuseOptions({ sort }, 'runs of a cluster are listed newest first');
    return (await import('./cluster-ls.ts')).listClusterRuns(options, context);
  }
  refuseOptions({ state, keys }, 'only runs of a cluster have it, so add --cluster');
  const { out, projectDir } = context;
  const query: ListQuery = {
    where: where === undefined ? [] : parseConditions(where, RUN_VALUE_NAMES),
    ...(sort !== undefined && { sortBy: parseSort(sort) }),
  };
  const all = await readList(projectDir, query);
  const runs = limit === 0 ? all : all.slice(0, limit);
  const none = () => noRunsText(projectDir, where !== undefined);
  return {
    data: { total: all.length, runs: runs.map(toJson) },
    text: () => (all.length === 0 ? none() : listText(runs, all.length, out)),
  };
});

function noRunsText(projectDir: string, isFiltered: boolean): string {
  if (isFiltered) return 'No run meets the condition.';
  const sweeps = listSweeps(projectDir).length;
  const others = sweeps === 0 ? '' : ` ${counted(sweeps, 'sweep')}: \`gobool run ls --sweeps\`.`;
  return `No runs. Make one with \`gobool backtest <strategy>\`.${others}`;
}

async function readList(projectDir: string, query: ListQuery): Promise<readonly ListedRun[]> {
  if (!hasStore(projectDir)) return [];
  using store = await openStoreToRead(projectDir);
  return await listRuns(store, query);
}

function parseSort(text: string): { name: string; ascending: boolean } {
  const name = text.replace(/^-/, '');
  if (SORT_NAMES.includes(name)) return { name, ascending: name !== text };
  throw new GoboolError('GB_USAGE', `Runs cannot be sorted by "${name}".${didYouMean(name, SORT_NAMES)}`, {
    hint: `Use one of ${SORT_NAMES.join(', ')}.`,
  });
}

function toJson({ createdMs, values, ...run }: ListedRun) {
  return { ...run, created: timeJson(createdMs), metrics: values };
}

const COLUMNS: readonly Column[] = [
  { title: 'run', style: 'cyan' },
  { title: 'time', style: 'dim' },
  { title: 'strategy', shrinks: true },
  { title: 'parameters', shrinks: true },
  { title: 'return', align: 'right' },
  { title: 'sharpe', align: 'right' },
  { title: 'drawdown', align: 'right' },
  { title: 'trades', align: 'right' },
];

function listText(runs: readonly ListedRun[], total: number, style: TableStyle): string {
  const rows = runs.map(({ runId, createdMs, strategy, params, values }) => {
    const text = (name: string, unit: Metric['unit']) => metricText({ value: values[name] ?? null, unit });
    const parameters = Object.entries(params).map(([name, value]) => `${name}=${value}`);
    return [
      runId,
      minuteText(createdMs),
      strategy,
      parameters.join(' '),
      signed(text('totalReturn', 'ratio')),
      text('sharpe', 'number'),
      text('maxDrawdown', 'ratio'),
      text('trades', 'count'),
    ];
  });
  const more = total > runs.length ? `\n${style.paint('dim', `${runs.length} of ${total}; --limit 0 shows all`)}` : '';
  return tableText(COLUMNS, rows, style) + more;
}
