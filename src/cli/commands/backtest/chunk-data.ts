import type { Chunk } from '../../../runtime/bundle/abi.ts';
import { CASH_WIDTH } from '../../../runtime/engine/cash-log.ts';
import { FILL_WIDTH } from '../../../runtime/engine/fill-log.ts';
import { ORDER_WIDTH } from '../../../runtime/engine/order-log.ts';

/** A chunk as JSON: columns as lists, orders, fills and cash as rows in the order of their logs. NaN becomes null. */
export function chunkData({ seq, fromStep, toStep, time, equity, orders, fills, cash = new Float64Array(0) }: Chunk) {
  return {
    seq,
    fromStep,
    toStep,
    time: [...time],
    equity: [...equity],
    orders: rowsOf(orders, ORDER_WIDTH),
    fills: rowsOf(fills, FILL_WIDTH),
    cash: rowsOf(cash, CASH_WIDTH),
  };
}

function rowsOf(values: Float64Array, width: number): readonly (readonly number[])[] {
  return Array.from({ length: values.length / width }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}
