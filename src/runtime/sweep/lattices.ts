/** What every parameter of a strategy does in a sweep: from the texts of `--param` and the strategy's declaration. */
import { GoboolError } from '../base/error.ts';
import { unknownParam } from '../sdk/check-params.ts';
import type { ParamDeclaration, ParamValue } from '../sdk/params.ts';
import {
  declaredLattice,
  declaresRange,
  fixedLattice,
  type Lattice,
  listedLattice,
  writtenLattice,
} from './lattice.ts';

/** A text as `--param` takes it, or the values themselves. */
export type WrittenParam = string | { readonly name: string; readonly values: readonly ParamValue[] };

type Declarations = Readonly<Record<string, ParamDeclaration>>;

const PARAM = /^\s*([^=\s]+)\s*(?:=(.*))?$/;

/**
 * One lattice per declared parameter, in the order of the declaration. Where no text lets a parameter vary, all that
 * declare a range vary; others keep their default.
 * Throws with every problem at once: `GB_PARAM_UNKNOWN`, else `GB_SWEEP_RANGE`, else `GB_PARAM_RANGE`.
 */
export function latticesOf(
  declared: Declarations,
  texts: readonly WrittenParam[],
  isDrawn: boolean,
): readonly Lattice[] {
  const written = writtenLattices(declared, texts, isDrawn);
  const varies = [...written.values()].some(({ count }) => count > 1);
  const lattices = Object.entries(declared).map(([name, declaration]) => {
    const isSwept = !varies && declaresRange(declaration, isDrawn);
    const unwritten = () =>
      isSwept ? declaredLattice(name, declaration, isDrawn) : fixedLattice(name, declaration.default);
    return written.get(name) ?? unwritten();
  });
  if (lattices.every(({ count }) => count === 1)) throw nothingVaries(declared, written, isDrawn);
  return lattices;
}

function writtenLattices(
  declared: Declarations,
  texts: readonly WrittenParam[],
  isDrawn: boolean,
): Map<string, Lattice> {
  const written = new Map<string, Lattice>();
  const problems = problemsIn(texts, text => {
    const lattice = latticeFrom(declared, text, isDrawn);
    if (written.has(lattice.name)) throw new GoboolError('GB_SWEEP_RANGE', `${lattice.name} is given twice.`);
    written.set(lattice.name, lattice);
  });
  if (problems.length > 0) throw together(problems);
  return written;
}

function latticeFrom(declared: Declarations, param: WrittenParam, isDrawn: boolean): Lattice {
  const { name, values } = typeof param === 'string' ? namedText(param) : param;
  const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (declaration === undefined) throw new GoboolError('GB_PARAM_UNKNOWN', unknownParam(name, Object.keys(declared)));
  if (typeof values === 'object') return listedLattice(name, declaration, values);
  if (values === undefined) return declaredLattice(name, declaration, isDrawn);
  return writtenLattice(name, declaration, values.trim(), isDrawn);
}

function namedText(text: string): { readonly name: string; readonly values: string | undefined } {
  const [, name, values] = PARAM.exec(text) ?? [];
  if (name === undefined) throw new GoboolError('GB_SWEEP_RANGE', `"${text}" is not a parameter with its values.`);
  return { name, values };
}

function problemsIn<T>(items: Iterable<T>, check: (item: T) => void): readonly GoboolError[] {
  const problems: GoboolError[] = [];
  for (const item of items) {
    try {
      check(item);
    } catch (error) {
      if (!(error instanceof GoboolError)) throw error;
      problems.push(error);
    }
  }
  return problems;
}

function together(problems: readonly GoboolError[]): GoboolError {
  const [first] = problems;
  if (first !== undefined && problems.length === 1) return first;
  const codes = problems.map(({ code }) => code);
  const code = (['GB_PARAM_UNKNOWN', 'GB_SWEEP_RANGE'] as const).find(one => codes.includes(one)) ?? 'GB_PARAM_RANGE';
  return new GoboolError(code, `${problems.length} parameters cannot be swept.`, {
    problems: problems.map(({ message }) => message),
  });
}

function nothingVaries(declared: Declarations, written: ReadonlyMap<string, Lattice>, isDrawn: boolean): GoboolError {
  const open = Object.entries(declared).filter(([name]) => !written.has(name));
  const problems = problemsIn(open, ([name, declaration]) => void declaredLattice(name, declaration, isDrawn));
  if (Object.keys(declared).length === 0) {
    return new GoboolError('GB_SWEEP_RANGE', 'There is no parameter to sweep: the strategy declares none.', {
      hint: 'Declare what may vary in the strategy: `params: { fast: int(10, { min: 5, max: 50 }) }`.',
    });
  }
  return new GoboolError('GB_SWEEP_RANGE', 'There is no parameter to sweep: each has one value.', {
    problems: problems.map(({ message }) => message),
  });
}
