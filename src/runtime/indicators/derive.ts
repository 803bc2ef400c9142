/** How an indicator is made from series: its kernel joins the graph, on the first input's clock. */
import { GoboolError } from '../base/error.ts';
import { Align } from './align.ts';
import type { Kernel } from './graph.ts';
import { Series } from './series.ts';

/**
 * An indicator. `lookback`: how many bars back the kernel reads its inputs.
 * Inputs of other feeds are read as they were known when each of the first input's bars closed.
 */
export function derive(
  inputs: readonly Series[],
  lookback: number,
  makeKernel: (inputs: readonly Series[], output: Series) => Kernel,
): Series {
  const [first, aligned] = alignedInputs(inputs);
  const output = new Series(first.clock);
  first.clock.graph.add(makeKernel(aligned, output), output, lookback);
  return output;
}

/** An indicator of several members, all written by one kernel. */
export function deriveRecord<Name extends string>(
  inputs: readonly Series[],
  lookback: number,
  names: readonly Name[],
  makeKernel: (inputs: readonly Series[], outputs: Readonly<Record<Name, Series>>) => Kernel,
): Readonly<Record<Name, Series>> {
  const [{ clock }, aligned] = alignedInputs(inputs);
  const outputs = Object.fromEntries(names.map(name => [name, new Series(clock)])) as Record<Name, Series>;
  const kernel = makeKernel(aligned, outputs);
  names.forEach((name, i) => {
    clock.graph.add(i === 0 ? kernel : WRITTEN_ALREADY, outputs[name], lookback);
  });
  return outputs;
}

const WRITTEN_ALREADY: Kernel = { run: () => {} };

/** The first input, and all of them as seen on its clock. */
function alignedInputs(inputs: readonly Series[]): [first: Series, aligned: readonly Series[]] {
  const first = checkInputs(inputs);
  return [first, inputs.map(input => (input.clock === first.clock ? input : align(input, first.clock)))];
}

function align(input: Series, clock: Series['clock']): Series {
  const output = new Series(clock);
  clock.graph.add(new Align(input, output), output, 0);
  return output;
}

function checkInputs(inputs: readonly Series[]): Series {
  const wrong = inputs.findIndex(input => !(input instanceof Series));
  const first = inputs[0];
  if (wrong >= 0 || first === undefined) {
    throw new GoboolError(
      'GB_STRATEGY_INDICATOR',
      `An indicator was given ${describe(inputs[wrong])} where it needs a series.`,
      {
        hint: 'Pass a series such as `close` or another indicator; of a record such as macd one member, `m.signal`.',
      },
    );
  }
  return first;
}

function describe(value: unknown): string {
  return value === undefined
    ? 'nothing'
    : typeof value === 'object'
      ? 'an object'
      : `the ${typeof value} ${String(value)}`;
}

/** Refuses multiples of a deviation or a range that are not above 0. */
export function checkAboveZero(indicator: string, name: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new GoboolError('GB_STRATEGY_INDICATOR', `${indicator}: ${name} is ${value}, but must be above 0.`);
}

/** Refuses periods that are not whole numbers of bars of at least `min`. */
export function checkPeriod(indicator: string, name: string, period: number, min = 1): void {
  if (Number.isInteger(period) && period >= min) return;
  throw new GoboolError(
    'GB_STRATEGY_INDICATOR',
    `${indicator}: ${name} is ${period}, but must be a whole number of at least ${min}.`,
  );
}
