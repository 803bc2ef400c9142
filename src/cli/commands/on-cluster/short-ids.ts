/** Ids as people read and write them: their beginnings, which commands take as long as they fit one only. */
import { closest } from '../../../runtime/base/closest.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import { grouped } from '../../../runtime/base/format.ts';

/** Of `r-3551aa80`. */
export const SHORT_CHARACTERS = 10;
const MISTYPED_CHARACTERS = 8;
const NAMED_MAX = 5;

/** `r-3551aa80` of a run, `c-07be33f1` of a case. */
export const shortId = (id: string): string => id.slice(0, SHORT_CHARACTERS);

/** `r-3551aa80-7` of a task. */
export const shortTaskId = (id: string): string => id.replace(/^(r-.{8}).*-/, '$1-');

/** What ids are of, and the codes of an id that fits none, and several. */
export interface IdKind {
  readonly noun: string;
  readonly unknown: ErrorCode;
  readonly ambiguous: ErrorCode;
  /** There may be older ones than those that were looked at. */
  readonly isPart?: boolean;
}

/** The one of `ids` that begins so. */
export function onlyMatch(ids: readonly string[], beginning: string, kind: IdKind): string {
  const { noun, unknown, ambiguous, isPart } = kind;
  const matches = ids.filter(id => beginning !== '' && id.startsWith(beginning));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  if (match === undefined && isPart) {
    const hint = 'Write the whole id: older ones are known by it alone.';
    throw new GoboolError(unknown, `None of the newest ${grouped(ids.length)} ${noun}s is "${beginning}".`, { hint });
  }
  if (match === undefined)
    throw new GoboolError(unknown, `The cluster has no ${noun} "${beginning}".${nearest(ids, beginning)}`);
  const some = matches.slice(0, NAMED_MAX).join(', ');
  throw new GoboolError(ambiguous, `${matches.length} ${noun}s begin with "${beginning}": ${some}.`, {
    hint: 'Write more of the id.',
  });
}

/** ` Did you mean r-3551aa80?`, where enough was written to tell one from another. */
function nearest(ids: readonly string[], beginning: string): string {
  const isLong = beginning.length >= MISTYPED_CHARACTERS;
  const near = isLong
    ? closest(
        beginning,
        ids.map(id => id.slice(0, beginning.length)),
      )
    : undefined;
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
