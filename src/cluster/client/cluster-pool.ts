/** Runs the sets of a sweep on a cluster, as one run: command cuts it into slices, for as many workers as are free. */
import type { ExecuteOptions } from '../../runtime/host/executor.ts';
import type { SlicePool, SliceWork } from '../../runtime/host/sweep/slice-pool.ts';
import { sliceSize } from '../../runtime/host/sweep/slices.ts';
import { ClusterExecutor, type ClusterExecutorOptions } from './cluster-executor.ts';
import type { GatewayClient } from './gateway-client.ts';

/** Than those of this machine: each is a task, which costs a sandbox and its way there and back, about 0.1 s. */
const LARGER = 4;

export class ClusterPool implements SlicePool {
  readonly executor: ClusterExecutor;
  readonly #client: GatewayClient;
  readonly #seen = new Set<string>();

  constructor(client: GatewayClient, options: ClusterExecutorOptions) {
    this.#client = client;
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
    // Those that are there now, whether they are free or not; one that comes later finds slices, too.
    const workers = Math.max(1, await this.#client.workers());
    const cut = {
      sliceSets: sliceSize(indices.length, workers, stepsPerRun, LARGER),
      onRows: (from: number, rows: Parameters<typeof onRows>[1]) =>
        onRows(indices.slice(from, from + rows.length), rows),
    };
    await this.executor.sweep(bundle, inputOf(indices), cut, execute);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.executor.close();
  }
}
