/** What the rows of `cash-log.ts` come to, and which splits they tell of. */
import { CASH, CASH_KINDS, CASH_WIDTH, type CashKind } from '../engine/cash-log.ts';

/** Sums in cash by kind, positive when received; a kind that did not occur is absent. */
export type CashFlows = Readonly<Partial<Record<Exclude<CashKind, 'split'>, number>>>;

/** A split of a position: from this step's fills on, quantities are in new units. */
export interface SplitSeen {
  readonly step: number;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Index of the product. */
  readonly product: number;
  readonly ratio: number;
}

export function cashFlowsOf(rows: readonly Float64Array[]): CashFlows {
  const flows: Partial<Record<CashKind, number>> = {};
  for (const row of eachRow(rows)) {
    const kind = CASH_KINDS[row[CASH.kind]!]!;
    if (kind !== 'split') flows[kind] = (flows[kind] ?? 0) + row[CASH.amount]!;
  }
  return flows;
}

/** In the order in which they were booked. */
export function splitsOf(rows: readonly Float64Array[]): SplitSeen[] {
  const splits = [...eachRow(rows)].filter(row => CASH_KINDS[row[CASH.kind]!] === 'split');
  return splits.map(row => ({
    step: row[CASH.step]!,
    time: row[CASH.time]!,
    product: row[CASH.product]!,
    ratio: row[CASH.ratio]!,
  }));
}

function* eachRow(pieces: readonly Float64Array[]): Generator<Float64Array> {
  for (const rows of pieces)
    for (let at = 0; at < rows.length; at += CASH_WIDTH) yield rows.subarray(at, at + CASH_WIDTH);
}
