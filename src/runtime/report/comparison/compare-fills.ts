import { FILL, FILL_WIDTH } from '../../engine/fill-log.ts';

/** The fills of a run: rows (`fill-log.ts`), and the product ids that they number. */
interface Fills {
  readonly fills: Float64Array;
  readonly products: readonly string[];
}

export interface ComparedFill {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Index of the bar in the product's traded feed; runs that start elsewhere count differently. */
  readonly bar: number;
  readonly product: string;
  /** Positive buys. */
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  /** Part of `price` already, in cash. */
  readonly slippage: number;
}

export interface FillDifference {
  /** How many fills both runs have in common before it. */
  readonly index: number;
  /** Null: this run has no more fills. */
  readonly left: ComparedFill | null;
  readonly right: ComparedFill | null;
}

/** The fill at which two runs part: everything before it is the same, everything after it may follow from it. */
export function firstDifferentFill(left: Fills, right: Fills): FillDifference | null {
  const count = Math.max(left.fills.length, right.fills.length) / FILL_WIDTH;
  for (let index = 0; index < count; index++) {
    const [from, to] = [fillAt(left, index), fillAt(right, index)];
    if (from === null || to === null || !isSameFill(from, to)) return { index, left: from, right: to };
  }
  return null;
}

function fillAt({ fills, products }: Fills, index: number): ComparedFill | null {
  const at = index * FILL_WIDTH;
  if (at >= fills.length) return null;
  return {
    time: fills[at + FILL.time]!,
    bar: fills[at + FILL.bar]!,
    product: products[fills[at + FILL.product]!]!,
    quantity: fills[at + FILL.quantity]!,
    price: fills[at + FILL.price]!,
    fee: fills[at + FILL.fee]!,
    slippage: fills[at + FILL.slippage]!,
  };
}

const COMPARED = ['time', 'product', 'quantity', 'price', 'fee'] as const;

function isSameFill(left: ComparedFill, right: ComparedFill): boolean {
  return COMPARED.every(field => left[field] === right[field]);
}
