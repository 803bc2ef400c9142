/**
 * How an indicator is made from series: its kernel joins the graph, on the first input's clock. The same kernel with
 * the same arguments on the same inputs is made once, however often it is asked for.
 */
import { GoboolError } from '../base/error.ts';
import { Align } from './align.ts';
import type { Kernel } from './graph.ts';
import { Series } from './series.ts';

/** The class of a kernel: all that decides its values are its inputs and arguments. `Output`: one series or several. */
type KernelClass<Args extends readonly unknown[], Output> = new (
  inputs: readonly Series[],
  output: Output,
  ...args: Args
) => Kernel;

/**
 * An indicator. `lookback`: how many bars back the kernel reads its inputs.
 * Inputs of other feeds are read as they were known when each of the first input's bars closed.
 */
export function derive<Args extends readonly unknown[]>(
  KernelOf: KernelClass<Args, Series>,
  inputs: readonly Series[],
  lookback: number,
  ...args: Args
): Series {
  const [{ clock }, aligned] = alignedInputs(inputs);
  return clock.graph.once(KernelOf, aligned, args, () => {
    const output = new Series(clock);
    clock.graph.add(new KernelOf(aligned, output, ...args), output, lookback);
    return output;
  });
}

/** An indicator of several members, all written by one kernel. */
export function deriveRecord<Name extends string, Args extends readonly unknown[]>(
  KernelOf: KernelClass<Args, Readonly<Record<Name, Series>>>,
  inputs: readonly Series[],
  lookback: number,
  names: readonly Name[],
  ...args: Args
): Readonly<Record<Name, Series>> {
  const [{ clock }, aligned] = alignedInputs(inputs);
  return clock.graph.once(KernelOf, aligned, args, () => {
    const outputs = Object.fromEntries(names.map(name => [name, new Series(clock)])) as Record<Name, Series>;
    const kernel = new KernelOf(aligned, outputs, ...args);
    names.forEach((name, i) => {
      clock.graph.add(i === 0 ? kernel : WRITTEN_ALREADY, outputs[name], lookback);
    });
    return outputs;
  });
}

const WRITTEN_ALREADY: Kernel = { run: () => {} };

/** The first input, and all of them as seen on its clock. */
function alignedInputs(inputs: readonly Series[]): [first: Series, aligned: readonly Series[]] {
  const first = checkInputs(inputs);
  return [first, inputs.map(input => (input.clock === first.clock ? input : align(input, first.clock)))];
}

function align(input: Series, clock: Series['clock']): Series {
  return clock.graph.once(Align, [input], [clock], () => {
    const output = new Series(clock);
    clock.graph.add(new Align([input], output), output, 0);
    return output;
  });
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
