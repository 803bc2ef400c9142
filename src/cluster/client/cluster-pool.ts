/** Runs the sets of a sweep on a cluster, as one run: command cuts it into slices, for as many workers as are free. */
import type { ExecuteOptions } from '../../runtime/host/executor.ts';
import type { SlicePool, SliceWork } from '../../runtime/host/sweep/slice-pool.ts';
import { sliceSize } from '../../runtime/host/sweep/slices.ts';
import { ClusterExecutor, type ClusterExecutorOptions } from './cluster-executor.ts';
import type { GatewayClient } from './gateway-client.ts';

/** For so many workers a sweep is cut. How many will be free nobody knows; with more of them slices are few. */
const WORKERS = 4;

export class ClusterPool implements SlicePool {
  readonly executor: ClusterExecutor;
  readonly #seen = new Set<string>();

  constructor(client: GatewayClient, options: ClusterExecutorOptions) {
    this.executor = new ClusterExecutor(client, {
      ...options,
      onTask: evidence => {
        if (evidence.worker !== null) this.#seen.add(evidence.worker);
        options.onTask?.(evidence);
      },
    });
  }

  get workers(): number {
    return this.#seen.size;
  }

  prepare(): void {
    this.executor.prepare();
  }

  async run({ bundle, indices, inputOf, stepsPerRun, onRows }: SliceWork, execute: ExecuteOptions): Promise<void> {
    if (indices.length === 0) return;
    const cut = {
      sliceSets: sliceSize(indices.length, WORKERS, stepsPerRun),
      onRows: (from: number, rows: Parameters<typeof onRows>[1]) =>
        onRows(indices.slice(from, from + rows.length), rows),
    };
    await this.executor.sweep(bundle, inputOf(indices), cut, execute);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.executor.close();
  }
}
