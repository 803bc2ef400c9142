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
  const totals = { count: 0, fees: 0, slippage: 0, traded: 0, outsideBar: 0, largeShare: 0 };
  for (const rows of fills) for (let at = 0; at < rows.length; at += FILL_WIDTH) addFill(totals, rows, at, products);
  return totals;
}

type Sums = { -readonly [K in keyof FillTotals]: FillTotals[K] };

function addFill(totals: Sums, rows: Float64Array, at: number, products: RunRecord['products']): void {
  const flags = rows[at + FILL.flags]!;
  totals.count++;
  totals.fees += rows[at + FILL.fee]!;
  totals.slippage += rows[at + FILL.slippage]!;
  const { multiplier } = products[rows[at + FILL.product]!]!;
  totals.traded += Math.abs(rows[at + FILL.quantity]! * rows[at + FILL.price]!) * multiplier;
  if (flags & FILL_FLAG.outsideBar) totals.outsideBar++;
  if (flags & FILL_FLAG.largeShare) totals.largeShare++;
}
