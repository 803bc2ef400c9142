/**
 * Users of a cluster, each of whom wants the next result as soon as the last one is there: backtests and sweeps through
 * the gateway, with a tail on each task. What they get is compared with what this process computed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../runtime/base/error.ts';
import { DEFAULT_LIMITS } from '../../runtime/host/executor.ts';
import { ResultHasher } from '../../runtime/host/result-hash.ts';
import { ClusterExecutor } from '../client/cluster-executor.ts';
import type { GatewayClient } from '../client/gateway-client.ts';
import { watchStreams } from './watch-streams.ts';
import type { Witness } from './witness.ts';
import type { Work } from './work.ts';

/** More than a small machine has workers, so that tasks wait, too. */
const USERS: readonly Errand[] = [backtest, backtest, sweep, sweep];
const SLICES = 8;
/** Whoever got nothing. */
const COMES_AGAIN_MS = 250;

type Errand = (executor: ClusterExecutor, work: Work, witness: Witness, signal: AbortSignal) => Promise<void>;

export class Load {
  readonly #closing = new AbortController();
  readonly #users: Promise<unknown>;

  /** `signal`: ends everybody at once; what was accepted is cancelled. */
  constructor(client: GatewayClient, work: Work, witness: Witness, signal: AbortSignal) {
    const world = { client, work, witness, closing: this.#closing.signal, signal };
    this.#users = Promise.all(USERS.map(errand => use(world, errand)));
  }

  /** Nothing new is asked for; resolves when everybody has what was promised. */
  async drain(): Promise<void> {
    this.#closing.abort();
    await this.#users;
  }
}

interface World {
  readonly client: GatewayClient;
  readonly work: Work;
  readonly witness: Witness;
  readonly closing: AbortSignal;
  readonly signal: AbortSignal;
}

async function use({ client, work, witness, closing, signal }: World, errand: Errand): Promise<void> {
  while (!closing.aborted && !signal.aborted) {
    let accepted: string | undefined;
    const watched = watchStreams(client, witness, runId => {
      accepted = runId;
      witness.accepted(runId);
    });
    try {
      await errand(new ClusterExecutor(watched, { name: 'chaos' }), work, witness, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof GoboolError)) throw error;
      if (accepted === undefined) witness.refused(error.code);
      else witness.offence('L', `${accepted} was accepted and came to nothing: ${error.code} ${error.message}`);
      await pause(COMES_AGAIN_MS);
    } finally {
      if (accepted !== undefined) witness.ended(accepted);
    }
  }
}

async function backtest(executor: ClusterExecutor, work: Work, witness: Witness, signal: AbortSignal): Promise<void> {
  const hasher = new ResultHasher();
  const options = { limits: DEFAULT_LIMITS, signal };
  const summary = await executor.run(work.bundle, work.input, chunk => hasher.update(chunk), options);
  if (hasher.finish(summary) !== work.resultHash) witness.offence('H', 'a backtest has another hash than here');
}

async function sweep(executor: ClusterExecutor, work: Work, witness: Witness, signal: AbortSignal): Promise<void> {
  const { bundle, sweep: input, rowHashes } = work;
  const hashes: string[] = [];
  let rows = 0;
  const cut = {
    sliceSets: Math.ceil(input.sets.length / SLICES),
    onRows: (from: number, found: readonly { readonly resultHash: string }[]) => {
      rows += found.length;
      for (const [i, { resultHash }] of found.entries()) hashes[from + i] = resultHash;
    },
  };
  await executor.sweep(bundle, input, cut, { limits: DEFAULT_LIMITS, signal });
  if (rows !== rowHashes.length) witness.offence('D', `a sweep of ${rowHashes.length} sets has ${rows} rows`);
  if (rowHashes.some((hash, i) => hash !== hashes[i])) witness.offence('H', 'a sweep has other hashes than here');
}
