import { deriveRecord } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowCloseVolume } from './high-low-close.ts';
import type { Series } from './series.ts';

/** The volume of a bar at its typical price, `(high + low + close) / 3`, where that price rose, and where it moved. */
export type MoneyFlow = {
  readonly rising: Series;
  readonly moving: Series;
};

const NAMES = ['rising', 'moving'] as const;

/** Each is 0 on other bars. Defined from bar 1 on. */
export function moneyFlow({ high, low, close, volume }: HighLowCloseVolume): MoneyFlow {
  return deriveRecord([close, high, low, volume], 0, NAMES, (inputs, outputs) => new MoneyFlowKernel(inputs, outputs));
}

class MoneyFlowKernel implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #outputs: MoneyFlow;
  #previous = Number.NaN;

  constructor(inputs: readonly Series[], outputs: MoneyFlow) {
    this.#inputs = inputs;
    this.#outputs = outputs;
  }

  run(from: number, to: number): void {
    const [
      { values: closes, mask: closeMask },
      { values: highs, mask: highMask },
      { values: lows, mask: lowMask },
      { values: volumes, mask: volumeMask },
    ] = this.#inputs as [Series, Series, Series, Series];
    const { values: rising, mask: risingMask } = this.#outputs.rising;
    const { values: moving, mask: movingMask } = this.#outputs.moving;
    let previous = this.#previous;
    for (let i = from; i < to; i++) {
      const price = (highs[i & highMask]! + lows[i & lowMask]! + closes[i & closeMask]!) / 3;
      const volume = volumes[i & volumeMask]!;
      const flow = Number.isFinite(previous) ? price * volume : Number.NaN;
      rising[i & risingMask] = price <= previous ? 0 * flow : flow;
      moving[i & movingMask] = price === previous ? 0 * flow : flow;
      previous = price + 0 * volume;
    }
    this.#previous = previous;
  }
}
