/** Parameters of a strategy: typed values with ranges. The ranges also drive sweeps. */
import { defined } from '../base/defined.ts';

export type ParamValue = number | boolean | string;

/** A declared parameter as plain data. */
export type ParamDeclaration =
  | {
      readonly type: 'int' | 'float';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    }
  | { readonly type: 'bool'; readonly default: boolean }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[] };

/** A declared parameter whose value has type `T`. */
export type Param<T extends ParamValue> = ParamDeclaration & { readonly __value?: T };

/** The values that a declaration stands for: `{ fast: int(10) }` gives `{ readonly fast: number }`. */
export type ParamValues<P> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Distance of neighbouring values in a sweep. */
  readonly step?: number;
}

/** A whole number, by default at least 1. */
export function int(value: number, range: Range = {}): Param<number> {
  return numeric('int', value, { min: 1, max: Number.MAX_SAFE_INTEGER, ...defined(range) });
}

/** A real number. */
export function float(value: number, range: Range = {}): Param<number> {
  return numeric('float', value, { min: -Number.MAX_VALUE, max: Number.MAX_VALUE, ...defined(range) });
}

export function bool(value: boolean): Param<boolean> {
  return { type: 'bool', default: value };
}

/** One of a fixed set of words. */
export function choice<const C extends string>(value: NoInfer<C>, choices: readonly C[]): Param<C> {
  return { type: 'choice', default: value, choices };
}

function numeric(
  type: 'int' | 'float',
  value: number,
  range: { min: number; max: number; step?: number },
): Param<number> {
  return { type, default: value, ...range };
}
