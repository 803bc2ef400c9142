/** Parameter values as given, by `--set` as text or by code as values, checked against the strategy's declaration. */
import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';
import type { ParamDeclaration, ParamValue } from './params.ts';

type Declarations = Readonly<Record<string, ParamDeclaration>>;

/**
 * A value for every declared parameter: the given one, else the default.
 * Throws with every problem at once: `GB_PARAM_UNKNOWN` if a name is not declared, else `GB_PARAM_RANGE`.
 */
export function checkParams(
  declared: Declarations,
  given: Readonly<Record<string, ParamValue>>,
): Readonly<Record<string, ParamValue>> {
  const values: Record<string, ParamValue> = {};
  for (const [name, declaration] of Object.entries(declared)) values[name] = declaration.default;
  const unknown: string[] = [];
  const misfits: string[] = [];
  for (const [name, raw] of Object.entries(given)) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const value = declaration && parseParam(declaration, raw);
    if (declaration === undefined) unknown.push(unknownParam(name, Object.keys(declared)));
    else if (value === undefined) misfits.push(`${name} must be ${describeParam(declaration)}, not ${givenText(raw)}.`);
    else values[name] = value;
  }
  refuse(unknown, misfits);
  return values;
}

/** A value that does not fit, as a message names it. */
export function givenText(raw: ParamValue): string {
  return raw === '' ? 'an empty text' : String(raw);
}

/** What a parameter accepts, in words: `a whole number from 2 to 100`. */
export function describeParam(declaration: ParamDeclaration): string {
  switch (declaration.type) {
    case 'bool':
      return 'true or false';
    case 'choice':
      return `one of ${declaration.choices.join(', ')}`;
    default:
      return (
        (declaration.type === 'int' ? 'a whole number' : 'a number') + describeRange(declaration.min, declaration.max)
      );
  }
}

function describeRange(min: number, max: number): string {
  const from = min <= -Number.MAX_SAFE_INTEGER ? undefined : min;
  const to = max >= Number.MAX_SAFE_INTEGER ? undefined : max;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  if (from !== undefined) return ` of at least ${from}`;
  return to === undefined ? '' : ` of at most ${to}`;
}

function refuse(unknown: readonly string[], misfits: readonly string[]): void {
  const problems = [...unknown, ...misfits];
  const [first] = problems;
  if (first === undefined) return;
  const message = problems.length === 1 ? first : `${problems.length} parameters cannot be used.`;
  throw new GoboolError(unknown.length > 0 ? 'GB_PARAM_UNKNOWN' : 'GB_PARAM_RANGE', message, {
    problems: problems.length === 1 ? [] : problems,
  });
}

/** The sentence for a name that is not declared, with the nearest one that is. */
export function unknownParam(name: string, known: readonly string[]): string {
  if (known.length === 0) return `There is no parameter "${name}": the strategy declares none.`;
  return `There is no parameter "${name}".${didYouMean(name, known) || ` Parameters: ${known.join(', ')}.`}`;
}

/** The value that a text or a value stands for; undefined where it does not fit the declaration. */
export function parseParam(declaration: ParamDeclaration, raw: ParamValue): ParamValue | undefined {
  switch (declaration.type) {
    case 'bool':
      return raw === true || raw === 'true' ? true : raw === false || raw === 'false' ? false : undefined;
    case 'choice':
      return declaration.choices.find(choice => choice === raw);
    default: {
      const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
      if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
      if (declaration.type === 'int' && !Number.isInteger(value)) return undefined;
      return value >= declaration.min && value <= declaration.max ? value : undefined;
    }
  }
}
