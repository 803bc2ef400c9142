/** Inside of the sandbox: does a task with the executor that laptops use, and gives its pieces away as they come. */
import { defined } from '../../runtime/base/defined.ts';
import { GoboolError } from '../../runtime/base/error.ts';
import type { RunInput, SliceInput } from '../../runtime/bundle/abi.ts';
import type { Bundle } from '../../runtime/host/bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor } from '../../runtime/host/executor.ts';
import { shareColumns } from '../../runtime/host/executors/share-columns.ts';
import { countSteps } from '../../runtime/host/executors/timeline.ts';
import type { SliceRow } from '../../runtime/host/hashed-slice.ts';
import { maxSliceSets } from '../../runtime/host/sweep/slices.ts';
import type { Dataset } from '../../runtime/market/dataset.ts';
import { decodeFrame } from '../contracts/frame.ts';
import type { Piece } from '../contracts/piece.ts';
import type { StoredRunInput, StoredSweepInput, TaskSpec } from '../contracts/run-spec.ts';

/** The parts of a task, as they come through the pipe. */
export interface TaskParts {
  readonly spec: TaskSpec;
  readonly code: string;
  /** The frame of the input, then those of the datasets that the spec names, in its order; none for `describe`. */
  readonly frames: readonly Buffer[];
}

/** Stacks keep their places in the bundle; whoever has its source map finds the lines of the user's files. */
const NO_MAP = '{"version":3,"sources":[],"names":[],"mappings":""}';

export async function performTask(
  executor: Executor,
  { spec, code, frames }: TaskParts,
  options: ExecuteOptions,
  emit: (piece: Piece) => void,
): Promise<void> {
  const bundle: Bundle = { code, map: NO_MAP, hash: spec.bundle };
  switch (spec.kind) {
    case 'describe':
      return emit({ kind: 'description', description: await executor.describe(bundle, options) });
    case 'run': {
      const input = runInput(spec, frames);
      const summary = await executor.run(bundle, input, chunk => emit({ kind: 'chunk', chunk }), options);
      return emit({ kind: 'summary', summary });
    }
    case 'indicators':
      return emit({ kind: 'columns', columns: await executor.indicators(bundle, runInput(spec, frames), options) });
    case 'slice':
      return performSlices(executor, bundle, spec, sliceInput(spec, frames), options, emit);
  }
}

/** Of one piece: each is on its way by itself, so few are better. */
const SLICES_PER_PIECE = 4;

/** In slices as small as on a laptop, whose steps count as one way. */
async function performSlices(
  executor: Executor,
  bundle: Bundle,
  { from }: SpecOf<'slice'>,
  whole: SliceInput,
  { onProgress, ...options }: ExecuteOptions,
  emit: (piece: Piece) => void,
): Promise<void> {
  const input = shareColumns(whole);
  const { sets } = input;
  const size = maxSliceSets(countSteps(input.feeds));
  const slices = Math.ceil(sets.length / size);
  let rows: SliceRow[] = [];
  for (let slice = 0; slice < slices; slice++) {
    const at = slice * size;
    const part = { ...input, sets: sets.slice(at, at + size) };
    const told = onProgress && {
      onProgress: (step: number, steps: number) => onProgress(slice * steps + step, slices * steps),
    };
    rows.push(...(await executor.slice(bundle, part, { ...options, ...told })));
    if (slice < slices - 1 && (slice + 1) % SLICES_PER_PIECE !== 0) continue;
    emit({ kind: 'rows', from: from + at + part.sets.length - rows.length, rows });
    rows = [];
  }
}

type SpecOf<K extends TaskSpec['kind']> = Extract<TaskSpec, { kind: K }>;

function runInput(spec: SpecOf<'run' | 'indicators'>, [input, ...datasets]: readonly Buffer[]): RunInput {
  const { feeds, benchmark, ...others } = decoded(input) as StoredRunInput;
  return { ...others, ...feedsOf({ feeds, ...defined({ benchmark }) }, spec.datasets, datasets) };
}

function sliceInput(spec: SpecOf<'slice'>, [input, ...datasets]: readonly Buffer[]): SliceInput {
  const { feeds, benchmark, sets, ...others } = decoded(input) as StoredSweepInput;
  return {
    ...others,
    sets: sets.slice(spec.from, spec.to),
    ...feedsOf({ feeds, ...defined({ benchmark }) }, spec.datasets, datasets),
  };
}

/** Two feeds of the same artifact share their columns. */
function feedsOf(
  { feeds, benchmark }: Pick<StoredRunInput, 'feeds' | 'benchmark'>,
  hashes: readonly string[],
  frames: readonly Buffer[],
): Pick<RunInput, 'feeds' | 'benchmark'> {
  const byHash = new Map(hashes.map((hash, index) => [hash, decoded(frames[index]) as Dataset]));
  const dataset = ({ artifact }: { readonly artifact: string }): Dataset => {
    const found = byHash.get(artifact);
    if (found === undefined)
      throw new GoboolError('GB_ARTIFACT_MISSING', `The input names the dataset ${artifact}, the run does not.`);
    return found;
  };
  return { feeds: feeds.map(dataset), ...(benchmark && { benchmark: dataset(benchmark) }) };
}

function decoded(frame: Buffer | undefined): unknown {
  return decodeFrame(frame ?? Buffer.alloc(0));
}
