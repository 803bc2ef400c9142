/** A sweep as columns of the page, best run first. */
import { metricLabel } from '../../metric-label.ts';
import { metricUnit } from '../../metric-unit.ts';
import type { SweepFindings } from '../../sweep-findings.ts';
import type { SweepOutcome } from '../../sweep-outcome.ts';
import { roundedColumn } from '../columns.ts';
import type { SweepAxisData, SweepColumn, SweepPageData } from '../page-data.ts';

const HASH_LETTERS = 12;

export function sweepData(outcome: SweepOutcome, { ranked: runs, stability }: SweepFindings): SweepPageData {
  const { metric, direction } = outcome.objective;
  const others = Object.keys(runs[0]?.metrics ?? {}).filter(name => name !== metric);
  const numbers = (values: readonly (number | null)[], digits: number) =>
    roundedColumn(
      values.map(value => value ?? Number.NaN),
      digits,
    );
  const metricColumn = (name: string): SweepColumn => ({
    label: metricLabel(name),
    unit: metricUnit(name),
    values: numbers(
      runs.map(run => run.metrics[name] ?? null),
      6,
    ),
  });
  const axes = outcome.axes.map(({ name, values }): SweepAxisData => {
    const places = new Map(values.map((value, place) => [value, place]));
    return { name, values: values.map(String), places: runs.map(({ params }) => places.get(params[name]!) ?? 0) };
  });
  const equity = runs.map(({ finalEquity }) => finalEquity);
  return {
    kind: 'sweep',
    axes,
    columns: [
      metricColumn(metric),
      ...others.map(metricColumn),
      { label: 'final equity', unit: 'cash', values: numbers(equity, 9) },
      { label: 'fills', unit: 'count', values: runs.map(({ fills }) => fills) },
    ],
    isMaximized: direction === 'maximize',
    hashes: runs.map(({ resultHash }) => resultHash.slice(0, HASH_LETTERS)),
    wipedOut: runs.map(({ state }) => (state === 'wiped-out' ? 1 : 0)),
    plateau: runs.findIndex(({ index }) => index === stability?.plateau.run.index),
  };
}
