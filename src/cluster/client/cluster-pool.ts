/** Runs the sets of a sweep on a cluster, as one run: command cuts it into tasks, for as many workers as are free. */
import type { ExecuteOptions } from '../../runtime/host/executor.ts';
import type { SlicePool, SliceWork } from '../../runtime/host/sweep/slice-pool.ts';
import { evenSize, maxSliceSets } from '../../runtime/host/sweep/slices.ts';
import { ClusterExecutor, type ClusterExecutorOptions } from './cluster-executor.ts';
import type { GatewayClient } from './gateway-client.ts';

/** Each task costs a sandbox and its way there and back, about 0.25 s of a processor, so it does many slices. */
const SLICES_PER_TASK = 16;

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
    // Those that are there now, whether they are free or not; one that comes later finds tasks, too.
    const workers = Math.max(1, await this.#client.workers());
    const cut = {
      sliceSets: evenSize(indices.length, workers, SLICES_PER_TASK * maxSliceSets(stepsPerRun)),
      onRows: (from: number, rows: Parameters<typeof onRows>[1]) =>
        onRows(indices.slice(from, from + rows.length), rows),
    };
    await this.executor.sweep(bundle, inputOf(indices), cut, execute);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.executor.close();
  }
}
