/**
 * Aligns the trades of two runs. Trades that enter the same product on the same side at the same time belong together:
 * first those that also exit at the same time, then the others in the order of their exits.
 * Limitation: an entry that is a bar late is another entry, so it shows as one trade less and one more.
 */
import type { Trade } from '../../metrics/trades.ts';

const COMPARED = ['quantity', 'entryPrice', 'exitTime', 'exitPrice', 'fees', 'open'] as const;

type ChangedField = (typeof COMPARED)[number];

/** A trade that the runs do not share as it is. */
export interface TradeDifference {
  /** Null: this run has no such trade. */
  readonly left: Trade | null;
  readonly right: Trade | null;
  /** What differs between the two; empty where one run has no such trade. */
  readonly changed: readonly ChangedField[];
  /** What the right run made more by it, after fees, in cash. */
  readonly profitChange: number;
}

export interface TradeComparison {
  readonly equal: number;
  readonly changed: number;
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** All that are not equal, in order of entry. */
  readonly differences: readonly TradeDifference[];
}

type Pair = readonly [left: Trade | null, right: Trade | null];

export function compareTrades(left: readonly Trade[], right: readonly Trade[]): TradeComparison {
  const [lefts, rights] = [Map.groupBy(left, entryOf), Map.groupBy(right, entryOf)];
  const entries = [...new Set([...lefts.keys(), ...rights.keys()])];
  const pairs = entries.flatMap(entry => paired(lefts.get(entry) ?? [], rights.get(entry) ?? []));
  const differences = pairs.map(toDifference).filter(isDifferent);
  const onlyLeft = differences.filter(difference => difference.right === null).length;
  const onlyRight = differences.filter(difference => difference.left === null).length;
  return {
    equal: pairs.length - differences.length,
    changed: differences.length - onlyLeft - onlyRight,
    onlyLeft,
    onlyRight,
    differences: differences.sort((a, b) => entryTimeOf(a) - entryTimeOf(b)),
  };
}

function entryOf({ product, side, entryTime }: Trade): string {
  return `${product} ${side} ${entryTime}`;
}

/** The trades of one entry, both lists in order of exit. */
function paired(lefts: readonly Trade[], rights: readonly Trade[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const [lonelyLefts, lonelyRights]: [Trade[], Trade[]] = [[], []];
  let [l, r] = [0, 0];
  while (l < lefts.length || r < rights.length) {
    const [left, right] = [lefts[l], rights[r]];
    const [leftExit, rightExit] = [left?.exitTime ?? Infinity, right?.exitTime ?? Infinity];
    if (leftExit === rightExit) pairs.push([lefts[l++]!, rights[r++]!]);
    else if (leftExit < rightExit) lonelyLefts.push(lefts[l++]!);
    else lonelyRights.push(rights[r++]!);
  }
  const count = Math.max(lonelyLefts.length, lonelyRights.length);
  for (let i = 0; i < count; i++) pairs.push([lonelyLefts[i] ?? null, lonelyRights[i] ?? null]);
  return pairs;
}

function toDifference([left, right]: Pair): TradeDifference {
  const changed = left === null || right === null ? [] : COMPARED.filter(field => left[field] !== right[field]);
  return { left, right, changed, profitChange: (right?.pnl ?? 0) - (left?.pnl ?? 0) };
}

function isDifferent({ left, right, changed }: TradeDifference): boolean {
  return left === null || right === null || changed.length > 0;
}

function entryTimeOf({ left, right }: TradeDifference): number {
  return (left ?? right)!.entryTime;
}
