import { didYouMean } from '../../runtime/base/closest.ts';
import { GoboolError } from '../../runtime/base/error.ts';

/** A word among those that are known. Throws `GB_USAGE` with the nearest of them. `noun`: what it is, `component`. */
export function oneOf<T extends string>(text: string, known: readonly T[], noun: string): T {
  const found = known.find(name => name === text);
  if (found !== undefined) return found;
  throw new GoboolError('GB_USAGE', `There is no ${noun} "${text}".${didYouMean(text, known)}`, {
    hint: `The ${noun}s are ${known.join(', ')}.`,
  });
}
