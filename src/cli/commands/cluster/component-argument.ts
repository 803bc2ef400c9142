/** Names of components on the command line. Throws `GB_USAGE` with the nearest name. */
import { COMPONENT_NAMES, type ComponentName } from '../../../cluster/dev/component.ts';
import { oneOf } from '../../options/one-of.ts';

export function parseComponent(text: string): ComponentName {
  return oneOf(text, COMPONENT_NAMES, 'component');
}

/** Whoever writes a log. */
export const LOG_SOURCES = [...COMPONENT_NAMES, 'daemon'] as const;

export type LogSource = (typeof LOG_SOURCES)[number];

export function parseLogSource(text: string): LogSource {
  return oneOf(text, LOG_SOURCES, 'component');
}

/** `kafka,postgres` */
export function parseComponents(text: string): readonly ComponentName[] {
  return listOf(text, 'component', COMPONENT_NAMES);
}

/** Words with commas between them, each of the known ones. `what` they are: `component`. */
export function listOf<T extends string>(text: string, what: string, known: readonly T[]): readonly T[] {
  return text.split(',').map(word => oneOf(word.trim(), known, what));
}
