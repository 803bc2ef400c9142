/** `gobool run ls --sweeps`: the sweeps that the project keeps, for `gobool report`. */
import { grouped } from '../../../runtime/base/format.ts';
import { type ListedSweep, listSweeps } from '../../../runtime/host/sweep/sweep-store.ts';
import { timeJson } from '../../../runtime/report/format.ts';
import type { CommandContext } from '../../context.ts';
import type { Reply } from '../../output/reply.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';
import { minuteText } from './minute-text.ts';

/** `limit`: 0 for all. */
export function sweepsReply({ projectDir, out }: CommandContext, limit: number): Reply {
  const all = listSweeps(projectDir);
  const sweeps = limit === 0 ? all : all.slice(0, limit);
  return { data: { total: all.length, sweeps: sweeps.map(toJson) }, text: () => listText(sweeps, all.length, out) };
}

function toJson({ createdMs, ...sweep }: ListedSweep) {
  return { ...sweep, created: timeJson(createdMs) };
}

const COLUMNS: readonly Column[] = [
  { title: 'sweep', style: 'cyan' },
  { title: 'time', style: 'dim' },
  { title: 'strategy', shrinks: true },
  { title: 'parameters', shrinks: true },
  { title: 'runs', align: 'right' },
  { title: 'objective' },
];

function listText(sweeps: readonly ListedSweep[], total: number, style: TableStyle): string {
  if (total === 0) return 'No complete sweeps. Make one with `gobool sweep <strategy>`.';
  const rows = sweeps.map(({ sweepId, createdMs, strategy, axes, sets, objective }) => {
    const ranges = axes.map(({ name, values }) => `${name}=${values[0]}..${values.at(-1)}`);
    return [sweepId, minuteText(createdMs), strategy, ranges.join(' '), grouped(sets), objective.metric];
  });
  const more =
    total > sweeps.length ? `\n${style.paint('dim', `${sweeps.length} of ${total}; --limit 0 shows all`)}` : '';
  return tableText(COLUMNS, rows, style) + more;
}
