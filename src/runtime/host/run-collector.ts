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
    if (chunk.orders.length > 0) this.#orders.push(chunk.orders);
    if (chunk.fills.length > 0) this.#fills.push(chunk.fills);
    if (chunk.cash !== undefined && chunk.cash.length > 0) this.#cash.push(chunk.cash);
  }

  rows(): RunRows {
    return { orders: this.#orders, fills: this.#fills, cash: this.#cash, curve: this.#curve.curve };
  }

  /** To be called once, after the last chunk. */
  resultHash(summary: RunSummary): string {
    return this.#hasher.finish(summary);
  }
}
