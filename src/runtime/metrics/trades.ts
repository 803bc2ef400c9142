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
  /** Step of the run at which the entry became known. NaN, as the excursions, in runs that an earlier version kept. */
  readonly entryStep: number;
  /** Steps from entry to exit. */
  readonly bars: number;
  /**
   * Maximum adverse and favourable excursion: how far price went against the trade and with it, as fractions of the
   * entry price, 0 or more. Only what certainly happened while the trade was open counts: see `excursions.ts`.
   */
  readonly mae: number;
  readonly mfe: number;
  readonly open: boolean;
}
