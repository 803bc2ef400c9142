import { FILL, FILL_FLAG, FILL_WIDTH } from '../engine/fill-log.ts';
import type { RunRecord } from '../engine/record.ts';

/** Sums over all fills; money in the account's currency. */
export interface FillTotals {
  readonly count: number;
  readonly fees: number;
  readonly slippage: number;
  /** Value of everything bought and sold. */
  readonly traded: number;
  readonly outsideBar: number;
  readonly largeShare: number;
}

export function fillTotals({ fills, products }: Pick<RunRecord, 'fills' | 'products'>): FillTotals {
  const totals = { count: fills.length / FILL_WIDTH, fees: 0, slippage: 0, traded: 0, outsideBar: 0, largeShare: 0 };
  for (let at = 0; at < fills.length; at += FILL_WIDTH) {
    const flags = fills[at + FILL.flags]!;
    totals.fees += fills[at + FILL.fee]!;
    totals.slippage += fills[at + FILL.slippage]!;
    const { multiplier } = products[fills[at + FILL.product]!]!;
    totals.traded += Math.abs(fills[at + FILL.quantity]! * fills[at + FILL.price]!) * multiplier;
    if (flags & FILL_FLAG.outsideBar) totals.outsideBar++;
    if (flags & FILL_FLAG.largeShare) totals.largeShare++;
  }
  return totals;
}
