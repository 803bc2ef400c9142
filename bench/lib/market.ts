/** Random bars from a seed: the same numbers in every process, and in the file that the C program reads. */
import { writeFileSync } from 'node:fs';
import type { Bars } from '../../src/runtime/market/bars.ts';
import type { Dataset } from '../../src/runtime/market/dataset.ts';
import { productOf } from '../../src/runtime/market/product-defaults.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2020, 0, 1);

/** A random walk of one-minute bars: up to 0.05 % from close to open, up to 0.2 % from open to close. */
export function randomBars(count: number, seed: number): Bars {
  const random = randomFrom(seed);
  const column = (): Float64Array => new Float64Array(count);
  const [time, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()] as const;
  const session = new Int32Array(count);
  let price = 100;
  for (let i = 0; i < count; i++) {
    time[i] = START_MS + i * MINUTE_MS;
    session[i] = Math.floor(time[i]! / DAY_MS);
    open[i] = price * (1 + (random() - 0.5) * 0.001);
    price = open[i]! * (1 + (random() - 0.5) * 0.004);
    close[i] = price;
    high[i] = Math.max(open[i]!, price) * (1 + random() * 0.0005);
    low[i] = Math.min(open[i]!, price) * (1 - random() * 0.0005);
    volume[i] = 1e9;
  }
  return { length: count, durationMs: MINUTE_MS, time, open, high, low, close, volume, session };
}

/** One dataset per product, each with its own walk. */
export function randomDataset(count: number, seed: number): Dataset {
  const product = productOf(`crypto.R${seed}.global`, { currency: 'USD' });
  return { name: `${product.id}@1m`, hash: '', product, bars: randomBars(count, seed) };
}

/** Opens, then closes, as float64: what the C program reads. */
export function writePrices(path: string, { open, close }: Bars): void {
  writeFileSync(path, Buffer.concat([open, close].map(column => Buffer.from(column.buffer))));
}

/** The bars as CSV with times in ISO form, and four decimals. */
export function csvOf({ time, open, high, low, close, volume }: Bars): string {
  const prices = [open, high, low, close];
  const row = (_: unknown, i: number): string =>
    [new Date(time[i]!).toISOString(), ...prices.map(column => column[i]!.toFixed(4)), volume[i]].join(',');
  return ['time,open,high,low,close,volume', ...Array.from(time, row)].join('\n');
}

/** Numerical Recipes' linear congruential generator: uniform in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
