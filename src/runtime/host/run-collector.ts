/** Gathers a run's chunks as they come: what is hashed, kept and plotted. */
import type { Chunk, RunSummary } from '../bundle/abi.ts';
import { CurveThinner } from '../report/curve-thinner.ts';
import { ResultHasher } from './result-hash.ts';
import type { RunRows } from './store/stored-run.ts';

export class RunCollector {
  readonly #hasher = new ResultHasher();
  readonly #curve = new CurveThinner();
  readonly #orders: Float64Array[] = [];
  readonly #fills: Float64Array[] = [];
  readonly #cash: Float64Array[] = [];

  add(chunk: Chunk): void {
    this.#hasher.update(chunk);
    this.#curve.add(chunk.time, chunk.equity);
    this.#orders.push(chunk.orders);
    this.#fills.push(chunk.fills);
    if (chunk.cash !== undefined) this.#cash.push(chunk.cash);
  }

  rows(): RunRows {
    const [orders, fills, cash] = [joined(this.#orders), joined(this.#fills), joined(this.#cash)];
    return { orders, fills, cash, curve: this.#curve.curve };
  }

  /** To be called once, after the last chunk. */
  resultHash(summary: RunSummary): string {
    return this.#hasher.finish(summary);
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
