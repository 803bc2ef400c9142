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
  reduces: boolean;
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

/**
 * Within each of the groups, those that the rule takes go first, then the older, also where only some of them reduce
 * the position. A group's place among the others is that of its first.
 */
export function rankByPath(due: readonly Ranked[], groups: ReadonlySet<OrderGroup>, rule: AmbiguousBars): void {
  for (const group of groups) {
    const members = due.filter(({ order }) => order?.group === group);
    const late = members.filter(({ order }) => !isTaken(order!, rule));
    const [first, ...rest] = [...members.filter(each => !late.includes(each)), ...late];
    let { rank } = first!;
    for (const each of rest) {
      rank = Math.max(each.rank, rank + 1 / members.length);
      each.rank = rank;
      each.reduces = first!.reduces;
    }
  }
}

/**
 * Whether a protective order fills that was born inside the bar which reaches it: price may have been there before. The
 * optimist lets a stop fill only where it must have been reached after the entry.
 */
export function fillsAfterBirth(order: OpenOrder, close: number, rule: AmbiguousBars): boolean {
  if (isTaken(order, rule) || isHitAtOnce(order)) return true;
  if (rule === 'worst') return false;
  const isBeyond = order.side < 0 ? close <= order.stop : close >= order.stop;
  return isBeyond || order.isPastEntry;
}

/** Whether a stop stood on the wrong side of the market when it came to life: nothing can come before it. */
export function isHitAtOnce({ kind, isReached }: OpenOrder): boolean {
  return kind === 'stop' && isReached;
}

/** Whether the rule prefers the order to others of its group. */
export function isTaken({ kind }: OpenOrder, rule: AmbiguousBars): boolean {
  return (kind === 'limit') === (rule === 'best');
}
