/** When a strategy may start: the first step at which every feed has a bar and every declared indicator is defined. */
import { GoboolError } from '../base/error.ts';
import { Series } from '../indicators/series.ts';
import type { Timeline } from './timeline.ts';

/** Series by the name they are shown under: `fast`, `band.upper`. */
export type NamedSeries = readonly (readonly [name: string, series: Series])[];

export function namedSeries(ind: unknown): NamedSeries {
  if (typeof ind !== 'object' || ind === null || 'then' in ind)
    throw notIndicators('`indicators` must return an object of series');
  return Object.entries(ind).flatMap(([name, value]) => {
    if (value instanceof Series) return [[name, value] as const];
    if (typeof value !== 'object' || value === null) throw notIndicators(`indicators.${name} is not a series`);
    return namedSeries(value).map(([part, series]) => [`${name}.${part}`, series] as const);
  });
}

/** The first step of the block on which the run may start, or the block's end. Leaves the clocks there. */
export function findStart(timeline: Timeline, series: NamedSeries): number {
  for (let step = timeline.from; step < timeline.to; step++) {
    timeline.enter(step);
    const isReady =
      timeline.clocks.every(clock => clock.index >= 0) && series.every(([, each]) => !Number.isNaN(each.at(0)));
    if (isReady) return step;
  }
  return timeline.to;
}

function notIndicators(problem: string): GoboolError {
  return new GoboolError('GB_STRATEGY_SHAPE', `defineStrategy: ${problem}.`);
}
