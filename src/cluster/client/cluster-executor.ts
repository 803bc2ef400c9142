/**
 * Runs bundles on a cluster: the executor port over its gateway. What is to run is sent as bytes named by their hashes;
 * what comes back is checked against the hashes that the worker named, so that it is the same as here, or an error.
 * Limitation: an aborted signal ends the call once the cluster has noted it; the worker stops a moment later. A run
 * that the caller holds (`begin`) is not stopped: it is left to the cluster.
 */
import type {
  Chunk,
  IndicatorColumn,
  RunInput,
  RunSummary,
  SliceInput,
  StrategyDescription,
} from '../../runtime/bundle/abi.ts';
import type { Bundle } from '../../runtime/host/bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor } from '../../runtime/host/executor.ts';
import type { SliceRow } from '../../runtime/host/hashed-slice.ts';
import type { SweepObjective } from '../../runtime/sweep/sweep-result.ts';
import type { RunSpec } from '../contracts/run-spec.ts';
import { type Artifact, textArtifact } from './artifact.ts';
import type { GatewayClient } from './gateway-client.ts';
import { onlyPiece } from './only-piece.ts';
import { readRunResult, readSweepRows } from './read-result.ts';
import type { TaskEvidence } from './run-follower.ts';
import { InputWriter } from './stored-input.ts';
import { type BegunRun, type ReadTask, type RunHold, submitRun } from './submitted-run.ts';

export interface ClusterExecutorOptions {
  /** For lists: the strategy's file. */
  readonly name: string;
  /** Higher goes first; default 0. */
  readonly priority?: number;
  /** Told of the task of each run, and of each slice. */
  readonly onTask?: (evidence: TaskEvidence) => void;
  /** By what the cluster ranks the sets of a sweep. */
  readonly objective?: SweepObjective;
  /** See `RunCall`. */
  readonly begin?: (run: BegunRun) => RunHold | undefined;
  /** What bundles say of themselves, by their hash, from earlier calls: spares a way to a worker and back. */
  readonly descriptions?: Descriptions;
}

export interface Descriptions {
  readonly get: (bundleHash: string) => StrategyDescription | undefined;
  readonly set: (bundleHash: string, description: StrategyDescription) => void;
}

/** Of a sweep, how it is cut and what takes its rows: those of the sets from `from` on. */
export interface SweepCut {
  readonly sliceSets: number;
  readonly onRows: (from: number, rows: readonly SliceRow[]) => void;
}

/** Of a run's name. */
const NAME_CHARS = 200;

export class ClusterExecutor implements Executor {
  readonly name = 'cluster';
  readonly guarantees =
    'Runs in a sandbox on a worker of the cluster: no network, no files, limits on time and memory, checked results.';
  readonly #client: GatewayClient;
  readonly #options: ClusterExecutorOptions;
  readonly #inputs = new InputWriter();

  constructor(client: GatewayClient, options: ClusterExecutorOptions) {
    this.#client = client;
    this.#options = options;
  }

  prepare(): void {
    this.#client.warmUp();
  }

  async describe(bundle: Bundle, options: ExecuteOptions): Promise<StrategyDescription> {
    const known = this.#options.descriptions?.get(bundle.hash);
    if (known !== undefined) return known;
    const answer = onlyPiece('description');
    const code = textArtifact(bundle.code);
    const spec = { kind: 'describe', bundle: code.hash, limits: options.limits } as const;
    await this.#submit(bundle, [code], spec, options, readTask => readTask(0, { onPiece: answer.take }));
    const { description } = answer.piece();
    this.#options.descriptions?.set(bundle.hash, description);
    return description;
  }

  async run(
    bundle: Bundle,
    input: RunInput,
    onChunk: (chunk: Chunk) => void,
    options: ExecuteOptions,
  ): Promise<RunSummary> {
    const hooks = { onChunk, onProgress: options.onProgress };
    const read = (readTask: ReadTask) => readRunResult(readTask, hooks);
    const { summary, evidence } = await this.#one('run', bundle, input, options, read);
    this.#options.onTask?.(evidence);
    return summary;
  }

  async indicators(bundle: Bundle, input: RunInput, options: ExecuteOptions): Promise<readonly IndicatorColumn[]> {
    const answer = onlyPiece('columns');
    const hooks = { onPiece: answer.take, onProgress: options.onProgress };
    await this.#one('indicators', bundle, input, options, readTask => readTask(0, hooks));
    return answer.piece().columns;
  }

  async slice(bundle: Bundle, input: SliceInput, options: ExecuteOptions): Promise<readonly SliceRow[]> {
    const all: SliceRow[] = [];
    const onRows = (_from: number, rows: readonly SliceRow[]): void => void all.push(...rows);
    await this.sweep(bundle, input, { sliceSets: input.sets.length, onRows }, options);
    return all;
  }

  /** One run of the cluster, whose slices are tasks. Rows arrive as tasks are done, in any order of tasks. */
  async sweep(
    bundle: Bundle,
    input: SliceInput,
    { sliceSets, onRows }: SweepCut,
    options: ExecuteOptions,
  ): Promise<void> {
    const { artifacts, parts } = this.#inputs.write(bundle, input);
    const sets = input.sets.length;
    const { metric: name, direction } = this.#options.objective ?? {};
    const objective = name !== undefined && direction !== undefined && { objective: { name, direction } };
    const spec = { kind: 'sweep', ...parts, limits: options.limits, sets, sliceSets, ...objective } as const;
    const tasks = Math.ceil(sets / sliceSets);
    const read = (readTask: ReadTask) => readSweepRows(readTask, tasks, onRows, this.#options.onTask);
    await this.#submit(bundle, artifacts, spec, options, read);
  }

  async close(): Promise<void> {}

  #one<T>(
    kind: 'run' | 'indicators',
    bundle: Bundle,
    input: RunInput,
    options: ExecuteOptions,
    read: (readTask: ReadTask) => Promise<T>,
  ): Promise<T> {
    const { artifacts, parts } = this.#inputs.write(bundle, input);
    return this.#submit(bundle, artifacts, { kind, ...parts, limits: options.limits }, options, read);
  }

  #submit<T>(
    { map }: Bundle,
    artifacts: readonly Artifact[],
    spec: RunSpec,
    { signal }: ExecuteOptions,
    read: (readTask: ReadTask) => Promise<T>,
  ): Promise<T> {
    const { name, priority = 0, begin } = this.#options;
    const run = { name: name.slice(-NAME_CHARS), priority, spec };
    return submitRun({ client: this.#client, map, signal, begin }, artifacts, run, read);
  }
}
