/** Books what changes the account without a fill: equity of the steps before is marked first, then cash moves. */
import { CASH, CASH_KINDS, type CashKind } from './cash-log.ts';
import type { EquityCurve } from './equity-curve.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';

export class CashBook {
  readonly #ledger: Ledger;
  readonly #journal: Journal;
  readonly #curve: EquityCurve;
  #step = 0;

  constructor(parts: { ledger: Ledger; journal: Journal; curve: EquityCurve }) {
    this.#ledger = parts.ledger;
    this.#journal = parts.journal;
    this.#curve = parts.curve;
  }

  /** What follows is booked at this step. */
  begin(step: number): void {
    this.#step = step;
    this.#curve.markTo(step);
  }

  /** `amount` in cash, positive when received; `market` where one product caused it. */
  add(kind: CashKind, amount: number, time: number, market?: Market): void {
    if (amount === 0) return;
    this.#ledger.receive(amount);
    this.#write(kind, amount, Number.NaN, time, market);
  }

  addSplit(ratio: number, time: number, market: Market): void {
    this.#write('split', 0, ratio, time, market);
  }

  #write(kind: CashKind, amount: number, ratio: number, time: number, market: Market | undefined): void {
    const start = this.#journal.cash.append();
    const { rows } = this.#journal.cash;
    rows[start + CASH.step] = this.#step;
    rows[start + CASH.time] = time;
    rows[start + CASH.product] = market === undefined ? Number.NaN : market.index;
    rows[start + CASH.kind] = CASH_KINDS.indexOf(kind);
    rows[start + CASH.amount] = amount;
    rows[start + CASH.ratio] = ratio;
  }
}
