/** The objective over a single parameter: a bar for each value, or for a few neighbouring ones. */
import type { SweepRun } from '../sweep/sweep-result.ts';
import { metricText } from './format.ts';
import { type HeatSource, heatGrid } from './heat-grid.ts';
import { BEST, NOT_DEFINED } from './heat-legend.ts';
import { heatScale, heatShare } from './heat-scale.ts';
import { metricLabel } from './metric-label.ts';
import { metricUnit } from './metric-unit.ts';
import type { TextStyle } from './style.ts';

const ROWS_MAX = 24;
const BAR = '▇';
/** Room for a value and a mark right of the bars. */
const VALUE_WIDTH = 12;

/** No lines where no objective is defined. */
export function heatProfile(source: HeatSource, best: SweepRun, width: number, style: TextStyle): readonly string[] {
  const { metric } = source.objective;
  const grid = heatGrid(source, best, ROWS_MAX, 1);
  const scale = heatScale(grid, source.objective);
  if (scale === null) return [];
  const labels = grid.across.values.map(String);
  const labelWidth = Math.max(...labels.map(label => label.length));
  const barMax = width - labelWidth - 2 - VALUE_WIDTH;
  const bestColumn = grid.cellOf(best.params)?.column;
  const several = grid.rows.flat().some(({ sets }) => sets > 1) ? ', the median of neighbouring values' : '';
  const rows = labels.map((label, column) => {
    const { value } = grid.rows[0]![column]!;
    const head = style.dim(`${label.padStart(labelWidth)} │`);
    if (value === null) return `${head} ${NOT_DEFINED}`;
    const bar = style.cyan(BAR.repeat(Math.round(heatShare(value, scale) * barMax)));
    const text = metricText({ value, unit: metricUnit(metric) });
    return `${head}${bar} ${column === bestColumn ? style.bold(`${text} ${BEST}`) : text}`;
  });
  return [style.bold(`${metricLabel(metric)} by ${grid.across.name}${several}`), ...rows];
}
