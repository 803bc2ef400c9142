/** Names of components on the command line. Throws `GB_USAGE` with the nearest name. */
import { COMPONENT_NAMES, type ComponentName } from '../../../cluster/dev/component.ts';
import { didYouMean } from '../../../runtime/base/closest.ts';
import { GoboolError } from '../../../runtime/base/error.ts';

export function parseComponent(text: string): ComponentName {
  return oneOf(text, COMPONENT_NAMES);
}

/** Whoever writes a log. */
export const LOG_SOURCES = [...COMPONENT_NAMES, 'daemon'] as const;

export type LogSource = (typeof LOG_SOURCES)[number];

export function parseLogSource(text: string): LogSource {
  return oneOf(text, LOG_SOURCES);
}

/** `kafka,postgres` */
export function parseComponents(text: string): readonly ComponentName[] {
  return listOf(text, 'component', COMPONENT_NAMES);
}

/** Words with commas between them, each of the known ones. `what` they are: `component`. */
export function listOf<T extends string>(text: string, what: string, known: readonly T[]): readonly T[] {
  return text.split(',').map(word => oneOf(word.trim(), known, what));
}

function oneOf<T extends string>(text: string, known: readonly T[], what = 'component'): T {
  const found = known.find(name => name === text);
  if (found !== undefined) return found;
  throw new GoboolError('GB_USAGE', `There is no ${what} "${text}".${didYouMean(text, known)}`, {
    hint: `The ${what}s are ${known.join(', ')}.`,
  });
}
