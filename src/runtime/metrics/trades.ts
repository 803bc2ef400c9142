/** A round trip, first in first out. What is open at the end is a trade with `open: true`, marked to the last close. */
export interface Trade {
  readonly product: string;
  readonly side: 'long' | 'short';
  readonly quantity: number;
  /** Fill times, epoch milliseconds: the bar's open for fills at or inside it, its close for fills at the close. */
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Fees of entry and exit that fall on this quantity. */
  readonly fees: number;
  /** Profit after fees, in cash. */
  readonly pnl: number;
  /** Profit over the entry's value. */
  readonly returnRatio: number;
  /** Steps from entry to exit. */
  readonly bars: number;
  readonly open: boolean;
}
