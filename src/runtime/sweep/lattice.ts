/**
 * The values that one parameter takes in a sweep, found by their index, so that a range of a billion values costs
 * nothing. Values are the decimals that a person would write: 0.1..0.5:0.1 has 0.3, not 0.30000000000000004.
 */
import { assert } from '../base/assert.ts';
import { GoboolError } from '../base/error.ts';
import { describeParam, givenText, parseParam } from '../sdk/check-params.ts';
import type { ParamDeclaration, ParamValue } from '../sdk/params.ts';

export interface Lattice {
  readonly name: string;
  readonly count: number;
  /** In ascending order; choices in the order of their declaration. */
  readonly at: (index: number) => ParamValue;
}

type NumberDeclaration = Extract<ParamDeclaration, { type: 'int' | 'float' }>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const RANGE = /^(.+?)\.\.(.+?)(?::(.+))?$/;
/** A range without a step, from which sets are drawn, has about this many values. */
const FINE_STEPS = 1_000_000;
/** How far, in steps, the end of a range may lie from the last value and still be it. */
const STEP_TOLERANCE = 1e-9;

/** One value. */
export function fixedLattice(name: string, value: ParamValue): Lattice {
  return listLattice(name, [value]);
}

/**
 * From `5..50:5`, `5..50`, `5,10,20` or `5`. A step that is not written is the declared one, else 1 for whole numbers,
 * else, where sets are drawn at random, fine. Throws `GB_PARAM_RANGE` and `GB_SWEEP_RANGE`.
 */
export function writtenLattice(name: string, declaration: ParamDeclaration, text: string, isDrawn: boolean): Lattice {
  const [, low, high, step] = RANGE.exec(text) ?? [];
  if (low === undefined || high === undefined || !isNumeric(declaration)) return valuesLattice(name, declaration, text);
  const [min = 0, max = 0] = parseValues(name, declaration, trimmed([low, high])).map(Number);
  if (min > max) throw misfit(`${name}=${text} goes down: write ${name}=${max}..${min}.`);
  const stepWritten = step === undefined ? undefined : parseStep(name, declaration, step);
  return rangeLattice(name, { min, max, step: stepWritten ?? stepOf(name, declaration, isDrawn, min, max) });
}

/** All values that the declaration allows. Throws `GB_SWEEP_RANGE` where it has no bounds or no step. */
export function declaredLattice(name: string, declaration: ParamDeclaration, isDrawn: boolean): Lattice {
  if (declaration.type === 'bool') return listLattice(name, [false, true]);
  if (declaration.type === 'choice') return listLattice(name, declaration.choices);
  const { min, max } = declaration;
  if (!isBounded(declaration)) {
    const declare = `${declaration.type}(${declaration.default}, { min: ..., max: ..., step: ... })`;
    throw misfit(`${name} declares no range: write --param ${name}=low..high:step, or declare ${declare}.`);
  }
  return rangeLattice(name, { min, max, step: stepOf(name, declaration, isDrawn, min, max) });
}

/** Whether a declaration says all that a sweep needs. */
export function declaresRange(declaration: ParamDeclaration, isDrawn: boolean): boolean {
  if (!isNumeric(declaration)) return true;
  return isBounded(declaration) && (declaration.type === 'int' || declaration.step !== undefined || isDrawn);
}

function isNumeric(declaration: ParamDeclaration): declaration is NumberDeclaration {
  return declaration.type === 'int' || declaration.type === 'float';
}

function isBounded({ min, max }: NumberDeclaration): boolean {
  return min > -Number.MAX_SAFE_INTEGER && max < Number.MAX_SAFE_INTEGER;
}

/** These values, in whatever order. Throws `GB_PARAM_RANGE`, and `GB_SWEEP_RANGE` where there is none. */
export function listedLattice(name: string, declaration: ParamDeclaration, listed: readonly ParamValue[]): Lattice {
  if (listed.length === 0) throw misfit(`${name} has no values.`);
  const values = new Set(parseValues(name, declaration, listed));
  if (declaration.type === 'choice')
    return listLattice(
      name,
      declaration.choices.filter(choice => values.has(choice)),
    );
  return listLattice(
    name,
    [...values].sort((a, b) => Number(a) - Number(b)),
  );
}

/** A list of values, or one. A choice may hold a comma of its own. */
function valuesLattice(name: string, declaration: ParamDeclaration, text: string): Lattice {
  const isWhole = declaration.type === 'choice' && declaration.choices.includes(text);
  return listedLattice(name, declaration, isWhole ? [text] : trimmed(text.split(',')));
}

function trimmed(texts: readonly string[]): readonly string[] {
  return texts.map(text => text.trim());
}

function parseValues(name: string, declaration: ParamDeclaration, given: readonly ParamValue[]): ParamValue[] {
  const values = given.map(value => parseParam(declaration, value));
  const misfits = given.filter((_, index) => values[index] === undefined);
  if (misfits.length === 0) return values.filter(value => value !== undefined);
  const problem = `${name} must be ${describeParam(declaration)}, not ${misfits.map(givenText).join(', ')}.`;
  throw new GoboolError('GB_PARAM_RANGE', problem);
}

function parseStep(name: string, { type }: NumberDeclaration, text: string): number {
  const step = text.trim() === '' ? Number.NaN : Number(text);
  if (step > 0 && Number.isFinite(step) && (type === 'float' || Number.isInteger(step))) return step;
  throw misfit(`${name}: the step must be a ${type === 'int' ? 'whole ' : ''}number above 0, not ${text.trim()}.`);
}

function stepOf(name: string, declaration: NumberDeclaration, isDrawn: boolean, min: number, max: number): number {
  if (declaration.step !== undefined) return parseStep(name, declaration, String(declaration.step));
  if (declaration.type === 'int' || min === max) return 1;
  if (isDrawn) return powerOfTen((max - min) / FINE_STEPS);
  const declare = `float(${declaration.default}, { ..., step: ... })`;
  throw misfit(`${name} has no step: write --param ${name}=${min}..${max}:step, or declare ${declare}.`);
}

function rangeLattice(name: string, { min, max, step }: Range): Lattice {
  const digits = Math.min(100, Math.max(decimalsOf(min), decimalsOf(step)));
  return {
    name,
    count: Math.floor((max - min) / step + STEP_TOLERANCE) + 1,
    at: index => Number((min + index * step).toFixed(digits)) + 0, // -0 becomes 0
  };
}

function listLattice(name: string, values: readonly ParamValue[]): Lattice {
  const at = (index: number): ParamValue => {
    const value = values[index];
    assert(value !== undefined, 'a lattice is read at its own indexes');
    return value;
  };
  return { name, count: values.length, at };
}

/** Digits after the point of the shortest decimal that is this number: 2 for 0.25, 7 for 1e-7. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** 0.001 for 0.0042. */
function powerOfTen(value: number): number {
  return Number(`1e${value.toExponential(0).split('e')[1]}`);
}

function misfit(message: string): GoboolError {
  return new GoboolError('GB_SWEEP_RANGE', message);
}
