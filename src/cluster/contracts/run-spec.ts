/**
 * What a run is to do, in hashes: bundle, input and datasets are artifacts, uploaded before. The input is a frame,
 * because options may hold numbers that JSON does not know.
 */
import { type Static, Type } from 'typebox';
import type { RunInput, SliceInput } from '../../runtime/bundle/abi.ts';
import { Hash } from './fields.ts';

const Limits = Type.Object({
  barTimeoutMs: Type.Integer({ minimum: 1, maximum: 3_600_000 }),
  memoryMb: Type.Integer({ minimum: 16, maximum: 65_536 }),
});

const Parts = {
  bundle: Hash,
  /** A frame with a `StoredRunInput` or `StoredSweepInput`. */
  input: Hash,
  /** Frames with a `Dataset` each, those that the input names. */
  datasets: Type.Array(Hash, { maxItems: 64 }),
  limits: Limits,
};

/** By what the sets of a sweep are ranked while they come in: a metric that its rows have. */
export const Objective = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  direction: Type.Union([Type.Literal('maximize'), Type.Literal('minimize')]),
});
export type Objective = Static<typeof Objective>;

/** `describe`: the strategy's declaration. `indicators`: their columns. `sweep`: `sets` runs, cut into slices. */
export const RunSpec = Type.Union([
  Type.Object({ kind: Type.Literal('describe'), bundle: Hash, limits: Limits }),
  Type.Object({ kind: Type.Literal('run'), ...Parts }),
  Type.Object({ kind: Type.Literal('indicators'), ...Parts }),
  Type.Object({
    kind: Type.Literal('sweep'),
    ...Parts,
    /** How many sets of parameters the input has. */
    sets: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    /** Sets in a slice, at most. */
    sliceSets: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** Absent: nobody wants them ranked. */
    objective: Type.Optional(Objective),
  }),
]);
export type RunSpec = Static<typeof RunSpec>;

/** What one worker is to do: a run, or the sets `[from, to)` of a sweep. */
export const TaskSpec = Type.Union([
  Type.Object({ kind: Type.Literal('describe'), bundle: Hash, limits: Limits }),
  Type.Object({ kind: Type.Literal('run'), ...Parts }),
  Type.Object({ kind: Type.Literal('indicators'), ...Parts }),
  Type.Object({
    kind: Type.Literal('slice'),
    ...Parts,
    from: Type.Integer({ minimum: 0 }),
    to: Type.Integer({ minimum: 1 }),
  }),
]);
export type TaskSpec = Static<typeof TaskSpec>;

/** A dataset of an input: the hash of its artifact. */
interface DatasetReference {
  readonly artifact: string;
}

interface StoredFeeds {
  readonly feeds: readonly DatasetReference[];
  readonly benchmark?: DatasetReference;
}

export interface StoredRunInput extends Omit<RunInput, 'feeds' | 'benchmark'>, StoredFeeds {}
export interface StoredSweepInput extends Omit<SliceInput, 'feeds' | 'benchmark'>, StoredFeeds {}
