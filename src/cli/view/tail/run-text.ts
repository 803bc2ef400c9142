/** A run's state in words, for the live view and for lines in a pipe alike. */
import { brief, counted, grouped, money, percent, signed } from '../../../runtime/base/format.ts';
import { stateStyle } from '../../commands/on-cluster/state-style.ts';
import type { Paint } from '../../output/colour.ts';
import type { TailSnapshot, TaskRow } from './tail-state.ts';

export function paintState(state: string, text: string, paint: Paint): string {
  return paint(stateStyle(state) ?? 'dim', text);
}

/** `queued, 3 tasks before it`; `running`; `in the error hospital`. */
export function stateText({ run }: Pick<TailSnapshot, 'run'>): string {
  if (run === undefined) return 'accepted';
  if (run.state === 'hospital') return 'in the error hospital';
  if (run.state !== 'queued' || run.position === null) return run.state;
  return run.position === 0 ? 'queued, next' : `queued, ${counted(run.position, 'task')} before it`;
}

/** Fraction of the work that is done; undefined where nobody has told. */
export function doneShare({ run, ranking, tasks, equity }: TailSnapshot): number | undefined {
  if (ranking !== undefined && ranking.sets > 0) return ranking.done / ranking.sets;
  const total = run?.tasks.total ?? 0;
  if (total > 1) return (run?.tasks.completed ?? 0) / total;
  const [only] = tasks;
  if (only === undefined) return undefined;
  return taskShare(only, equity?.steps);
}

/** `stepsHad`: of a backtest, steps of which the result is here. */
export function taskShare({ state, step, steps }: TaskRow, stepsHad = 0): number | undefined {
  if (state === 'completed') return 1;
  return steps === 0 ? undefined : Math.min(1, Math.max(step, stepsHad) / steps);
}

/** `42 %`, or '' where nobody knows. */
export function shareText(share: number | undefined): string {
  return share === undefined ? '' : `${Math.floor(share * 100)} %`;
}

/** `equity 108,243.10 +8.24%`, `drawdown 3.1%, worst 7.9%`; nothing before the first step. */
export function equityTexts({ equity }: TailSnapshot): readonly string[] {
  if (equity === undefined) return [];
  const { first, last, drawdown, maxDrawdown } = equity;
  return [
    `equity ${money(last)} ${signed(percent(last / first - 1, 2))}`,
    `drawdown ${percent(drawdown)}, worst ${percent(maxDrawdown)}`,
  ];
}

/** `41 trades`, and before the first one is closed `1 fill`. */
export function tradesText({ tradeCount, fills }: TailSnapshot): string {
  return tradeCount > 0 ? counted(tradeCount, 'trade') : counted(fills, 'fill');
}

/** `3 of 12 tasks, 2 running, 1 failed`; '' where there is one. */
export function tasksText({ run }: TailSnapshot): string {
  if (run === undefined || run.tasks.total <= 1) return '';
  const { total, completed, running, failed } = run.tasks;
  const parts = [`${grouped(completed)} of ${counted(total, 'task')}`, `${grouped(running)} running`];
  return [...parts, ...(failed > 0 ? [`${grouped(failed)} failed`] : [])].join(', ');
}

/** `sharpe 1.42 with fast=5 slow=20`; '' before the first one. */
function bestText({ ranking, subject }: TailSnapshot): string {
  const best = ranking?.best[0];
  if (ranking === undefined || best === undefined) return '';
  return `${ranking.objective} ${valueText(best.value)} with ${setText(best.index, subject)}`;
}

export const valueText = (value: number | null): string => (value === null ? '-' : brief(value, 5));

/** A set of a sweep by its parameters, or by its number where they are not known here. */
export function setText(index: number, { labelOf }: TailSnapshot['subject']): string {
  return labelOf?.(index) ?? `set ${index}`;
}

/** One line that says how a run stands. */
export function summaryLine(snapshot: TailSnapshot): string {
  const done = shareText(doneShare(snapshot));
  const parts =
    snapshot.subject.kind === 'sweep'
      ? [tasksText(snapshot), bestText(snapshot)]
      : [...equityTexts(snapshot), ...(snapshot.equity ? [tradesText(snapshot)] : [])];
  const cases = snapshot.cases.map(({ caseId, message }) => `case ${caseId}: ${message}`);
  return [stateText(snapshot), done, ...parts, ...cases].filter(Boolean).join(' · ');
}
