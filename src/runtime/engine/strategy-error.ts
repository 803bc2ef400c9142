/** An exception that left a strategy, told with the bar at which it happened and what could be read there. */
import { AssertionError } from '../base/assert.ts';
import { type BarPlace, type ErrorDetails, GoboolError } from '../base/error.ts';
import { isA, thrownStack, thrownText } from '../base/thrown.ts';
import { Series } from '../indicators/series.ts';
import type { Indicators } from '../sdk/define-strategy.ts';
import type { ParamValue } from '../sdk/params.ts';
import type { Timeline } from './timeline.ts';

/** What is shown of the bar: indicators and parameters by name. */
export interface Shown {
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly ind: Indicators;
}

export function strategyError(error: unknown, timeline: Timeline, shown: Shown): unknown {
  if (isA(error, AssertionError)) return error;
  const hasStarted = timeline.clocks[0]!.index >= 0;
  const where = hasStarted ? { where: { bar: placeOf(timeline, shown) } } : {};
  if (isA(error, GoboolError)) return restate(error, where);
  const wrapped = new GoboolError('GB_STRATEGY_THREW', thrownText(error), { ...where, cause: error });
  const stack = thrownStack(error);
  if (stack !== undefined) wrapped.stack = stack;
  return wrapped;
}

function restate(error: GoboolError, details: ErrorDetails): GoboolError {
  const { code, message, hint, problems } = error;
  const restated = new GoboolError(code, message, { ...details, problems, ...(hint !== undefined && { hint }) });
  if (error.stack !== undefined) restated.stack = error.stack;
  return restated;
}

function placeOf(timeline: Timeline, { params, ind }: Shown): BarPlace {
  const clock = timeline.clocks[0]!;
  const { bars, feed, index } = clock;
  const prices = { open: bars.open, high: bars.high, low: bars.low, close: bars.close, volume: bars.volume };
  const values: Record<string, ParamValue> = {};
  for (const [name, column] of Object.entries(prices)) values[name] = column[index]!;
  for (const [name, series] of Object.entries(ind)) addValues(values, `ind.${name}`, series);
  for (const [name, value] of Object.entries(params)) values[`params.${name}`] = value;
  return { feed, index, time: bars.time[index]!, values };
}

function addValues(values: Record<string, ParamValue>, name: string, series: Indicators[string]): void {
  if (series instanceof Series) values[name] = series.at(0);
  else for (const [part, each] of Object.entries(series)) addValues(values, `${name}.${part}`, each);
}
