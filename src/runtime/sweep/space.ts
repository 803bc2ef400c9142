/** The sets of parameters that a sweep runs: a grid, what a condition leaves of it, or sets drawn from it. */
import { GoboolError } from '../base/error.ts';
import { counted, grouped } from '../base/format.ts';
import { LIMITS } from '../base/limits.ts';
import type { ParamDeclaration, ParamValue } from '../sdk/params.ts';
import { drawItems, drawSets } from './draw.ts';
import type { Lattice } from './lattice.ts';
import { latticesOf, type WrittenParam } from './lattices.ts';
import type { ParamSet, SweepAxis } from './sweep-result.ts';
import { whereFilter } from './where.ts';

/** A space as the user wrote it. */
export interface SpaceRequest {
  /** Texts of `--param`, `fast=5..50:5`, `fast=5,10`, `fast=5`, `fast`; or lists of values. */
  readonly params: readonly WrittenParam[];
  /** Condition that every set must meet. */
  readonly where?: string;
  /** How many sets to draw; without it all are run. */
  readonly random?: number;
  /** Seed of the draw. */
  readonly seed: number;
}

export interface SweepSpace {
  /** What varies, in the order of the declaration. Of a draw: the values that were drawn. */
  readonly axes: readonly SweepAxis[];
  readonly fixed: ParamSet;
  /** Distinct, the first axis slowest; each has all declared parameters. */
  readonly sets: readonly ParamSet[];
  /** `random` only if sets were left out. */
  readonly kind: 'grid' | 'random';
}

/** Throws `GB_PARAM_UNKNOWN`, `GB_PARAM_RANGE`, `GB_SWEEP_RANGE`, `GB_CONDITION`, `GB_SWEEP_SIZE`, `GB_SWEEP_EMPTY`. */
export function sweepSpace(declared: Readonly<Record<string, ParamDeclaration>>, request: SpaceRequest): SweepSpace {
  const { params, where, random, seed } = request;
  const lattices = latticesOf(declared, params, random !== undefined);
  const meets = whereFilter(where, declared);
  const size = lattices.reduce((product, { count }) => product * count, 1);
  if ((random ?? size) > LIMITS.sweepSets) throw tooMany(random ?? size);
  if (random !== undefined && size > LIMITS.sweepSets) {
    const drawn = drawSets(lattices, random, seed, meets);
    if (drawn.length === 0) throw new GoboolError('GB_SWEEP_EMPTY', `"${where}" dropped every set that was drawn.`);
    return drawnSpace(lattices, drawn);
  }
  const axes = lattices.map(axisOf);
  const sets = gridSets(axes).filter(meets);
  const dropped = counted(size, 'set');
  if (sets.length === 0)
    throw new GoboolError('GB_SWEEP_EMPTY', `"${where}" drops every set of the space: ${dropped}.`);
  if (random !== undefined && random < sets.length) return drawnSpace(lattices, drawItems(sets, random, seed));
  return { ...axesAndFixed(axes), sets, kind: 'grid' };
}

function axisOf({ name, count, at }: Lattice): SweepAxis {
  return { name, values: Array.from({ length: count }, (_, index) => at(index)) };
}

/** Every combination, the first axis slowest. */
function gridSets(axes: readonly SweepAxis[]): readonly ParamSet[] {
  const start: readonly ParamSet[] = [{}];
  return axes.reduce(
    (sets, { name, values }) => sets.flatMap(set => values.map(value => ({ ...set, [name]: value }))),
    start,
  );
}

function drawnSpace(lattices: readonly Lattice[], sets: readonly ParamSet[]): SweepSpace {
  const axes = lattices.map(lattice => ({ name: lattice.name, values: drawnValues(lattice, sets) }));
  return { ...axesAndFixed(axes), sets, kind: 'random' };
}

/** The distinct values of a parameter, in its order. */
function drawnValues(lattice: Lattice, sets: readonly ParamSet[]): readonly ParamValue[] {
  const drawn = new Set(sets.flatMap(set => set[lattice.name] ?? []));
  const isText = typeof lattice.at(0) === 'string';
  if (isText) return axisOf(lattice).values.filter(value => drawn.has(value));
  return [...drawn].sort((a, b) => Number(a) - Number(b));
}

function axesAndFixed(all: readonly SweepAxis[]): Pick<SweepSpace, 'axes' | 'fixed'> {
  return {
    axes: all.filter(({ values }) => values.length > 1),
    fixed: Object.fromEntries(
      all.flatMap(({ name, values }) => (values.length === 1 ? values.map(value => [name, value]) : [])),
    ),
  };
}

function tooMany(size: number): GoboolError {
  const most = grouped(LIMITS.sweepSets);
  return new GoboolError('GB_SWEEP_SIZE', `The space has ${counted(size, 'set')}; a sweep runs at most ${most}.`);
}
