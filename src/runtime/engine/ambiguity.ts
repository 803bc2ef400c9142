/**
 * A bar hides its path: of two orders that it reaches, it does not say which came first. The pessimistic answer takes
 * the stop, the optimistic one the limit, which is where profits are taken.
 */
import type { OpenOrder, OrderGroup } from './open-order.ts';

/** `worst`: the stop fills. `best`: the limit fills. */
export type AmbiguousBars = 'worst' | 'best';

/** An order that fills at the present moment; among equals the lower rank goes first. */
interface Ranked {
  readonly order: OpenOrder | undefined;
  rank: number;
}

const NO_GROUPS: ReadonlySet<OrderGroup> = new Set();

/** Groups of which two orders are due at once. */
export function ambiguousGroups(due: readonly Ranked[]): ReadonlySet<OrderGroup> {
  if (due.length < 2) return NO_GROUPS;
  const seen = new Set<OrderGroup>();
  const twice = new Set<OrderGroup>();
  for (const { order } of due) {
    if (order?.group === undefined) continue;
    if (seen.has(order.group)) twice.add(order.group);
    seen.add(order.group);
  }
  return twice;
}

/** Within each of the groups, those that are not to be taken go after all others. */
export function rankByPath(due: readonly Ranked[], groups: ReadonlySet<OrderGroup>, rule: AmbiguousBars): void {
  for (const late of due) {
    const group = late.order?.group;
    if (group === undefined || !groups.has(group) || isTaken(late.order!, rule)) continue;
    for (const { order, rank } of due) if (order?.group === group && rank > late.rank) late.rank = rank + 0.5;
  }
}

/**
 * Whether a protective order fills that was born inside the bar which reaches it: price may have been there before. The
 * optimist lets a stop fill only where it must have been reached after the entry.
 */
export function fillsAfterBirth(order: OpenOrder, close: number, rule: AmbiguousBars): boolean {
  if (isTaken(order, rule)) return true;
  if (rule === 'worst') return false;
  const isBeyond = order.side < 0 ? close <= order.stop : close >= order.stop;
  return isBeyond || order.isPastEntry;
}

/** Whether the rule prefers the order to others of its group. */
export function isTaken({ kind }: OpenOrder, rule: AmbiguousBars): boolean {
  return (kind === 'limit') === (rule === 'best');
}
