/** A tradable thing. `id` is `{market}.{symbol}.{locale}`: `stock.SPY.usa`, `crypto.BTCUSDT.global`. */
export interface Product {
  readonly id: string;
  /** Quote currency: what prices and profits are counted in. */
  readonly currency: string;
  /** Cash value of a price move of 1 on a quantity of 1. */
  readonly multiplier: number;
  /** Smallest tradable quantity; orders are floored to it. 0: fractional. */
  readonly lot: number;
  /** Smallest price step; fills are rounded to it against the trader. 0: none. */
  readonly tick: number;
  readonly calendar: CalendarName;
}

/**
 * `24/7`: UTC days. `weekdays`: Monday to Friday, UTC days. `us-equity`: New York Stock Exchange. `forex`: from 17:00
 * to 17:00 in New York.
 */
export type CalendarName = '24/7' | 'weekdays' | 'us-equity' | 'forex';
