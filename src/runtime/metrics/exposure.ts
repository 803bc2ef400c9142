import type { Metric } from './metric.ts';

const DEFINITION = 'Bars at whose close a position was held, over all bars from the first decision on.';

export function exposure(stepsInMarket: number, steps: number): Metric {
  return { value: steps === 0 ? null : stepsInMarket / steps, unit: 'ratio', n: steps, definition: DEFINITION };
}
