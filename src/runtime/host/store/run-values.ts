/** The numbers of a run by name: what `--where`, `--fail-if` and `run ls --sort` may name. */
import { METRIC_NAMES } from '../../metrics/metric-names.ts';
import type { RunSummary } from '../../metrics/summary.ts';

export type RunValues = Readonly<Record<string, number | null>>;

export const RUN_VALUE_NAMES: readonly string[] = [...METRIC_NAMES, 'finalEquity', 'fills', 'orders', 'fees', 'bars'];

export function runValues(summary: RunSummary): RunValues {
  const { finalEquity, fills, orders, fees, bars } = summary;
  const metrics = METRIC_NAMES.map(name => [name, summary.metrics[name]?.value ?? null]);
  return { ...Object.fromEntries(metrics), finalEquity, fills, orders, fees, bars };
}
