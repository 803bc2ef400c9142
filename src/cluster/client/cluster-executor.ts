/**
 * Runs bundles on a cluster: the executor port over its gateway. What is to run is sent as bytes named by their hashes;
 * what comes back is checked against the hashes that the worker named, so that it is the same as here, or an error.
 * Limitation: an aborted signal ends the call once the cluster has noted it; the worker stops a moment later.
 */
import { GoboolError } from '../../runtime/base/error.ts';
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
import { ResultHasher } from '../../runtime/host/result-hash.ts';
import type { Piece } from '../contracts/piece.ts';
import type { RunSpec } from '../contracts/run-spec.ts';
import { type Artifact, textArtifact } from './artifact.ts';
import type { GatewayClient } from './gateway-client.ts';
import { onlyPiece } from './only-piece.ts';
import type { FollowedTask, TaskEvidence } from './run-follower.ts';
import { InputWriter } from './stored-input.ts';
import { type ReadTask, submitRun } from './submitted-run.ts';

export interface ClusterExecutorOptions {
  /** For lists: the strategy's file. */
  readonly name: string;
  /** Higher goes first; default 0. */
  readonly priority?: number;
  /** Told of the task of each run, and of each slice. */
  readonly onTask?: (evidence: TaskEvidence) => void;
}

/** Of a sweep, how it is cut and what takes its rows: those of the sets from `from` on. */
export interface SweepCut {
  readonly sliceSets: number;
  readonly onRows: (from: number, rows: readonly SliceRow[]) => void;
}

/** Of a run's name. */
const NAME_CHARS = 200;
/** Streams of a sweep's tasks at once. */
const STREAMS = 32;

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
    const answer = onlyPiece('description');
    const code = textArtifact(bundle.code);
    const spec = { kind: 'describe', bundle: code.hash, limits: options.limits } as const;
    await this.#submit(bundle, [code], spec, options, readTask => readTask(0, { onPiece: answer.take }));
    return answer.piece().description;
  }

  async run(
    bundle: Bundle,
    input: RunInput,
    onChunk: (chunk: Chunk) => void,
    options: ExecuteOptions,
  ): Promise<RunSummary> {
    const hasher = new ResultHasher();
    const answer = onlyPiece('summary');
    const onPiece = (piece: Piece): void => {
      answer.take(piece);
      if (piece.kind !== 'chunk') return;
      hasher.update(piece.chunk);
      onChunk(piece.chunk);
    };
    const { resultHash, evidence } = await this.#one('run', bundle, input, options, onPiece);
    const { summary } = answer.piece();
    checkResult(hasher.finish(summary), resultHash);
    this.#options.onTask?.(evidence);
    return summary;
  }

  async indicators(bundle: Bundle, input: RunInput, options: ExecuteOptions): Promise<readonly IndicatorColumn[]> {
    const answer = onlyPiece('columns');
    await this.#one('indicators', bundle, input, options, answer.take);
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
    const spec = { kind: 'sweep', ...parts, limits: options.limits, sets, sliceSets } as const;
    const tasks = Array(Math.ceil(sets / sliceSets)).keys();
    await this.#submit(bundle, artifacts, spec, options, async readTask => {
      const read = async (): Promise<void> => {
        for (const n of tasks) {
          const { evidence } = await readTask(n, {
            onPiece: piece => piece.kind === 'rows' && onRows(piece.from, piece.rows),
          });
          this.#options.onTask?.(evidence);
        }
      };
      await Promise.all(Array.from({ length: STREAMS }, read));
    });
  }

  async close(): Promise<void> {}

  #one(
    kind: 'run' | 'indicators',
    bundle: Bundle,
    input: RunInput,
    options: ExecuteOptions,
    onPiece: (piece: Piece) => void,
  ): Promise<FollowedTask> {
    const { artifacts, parts } = this.#inputs.write(bundle, input);
    const hooks = { onPiece, onProgress: options.onProgress };
    const spec = { kind, ...parts, limits: options.limits };
    return this.#submit(bundle, artifacts, spec, options, readTask => readTask(0, hooks));
  }

  #submit<T>(
    { map }: Bundle,
    artifacts: readonly Artifact[],
    spec: RunSpec,
    { signal }: ExecuteOptions,
    read: (readTask: ReadTask) => Promise<T>,
  ): Promise<T> {
    const { name, priority = 0 } = this.#options;
    return submitRun(
      { client: this.#client, map, signal },
      artifacts,
      { name: name.slice(-NAME_CHARS), priority, spec },
      read,
    );
  }
}

function checkResult(here: string, onWorker: string | undefined): void {
  if (here === onWorker) return;
  const hashes = `here ${here.slice(0, 12)}, on the worker ${onWorker?.slice(0, 12) ?? 'none'}`;
  throw new GoboolError('GB_NONDETERMINISTIC', `The result has another hash than it had: ${hashes}.`);
}
