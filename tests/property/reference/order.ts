/** An order of the reference: what was asked for, and what has become of it. */
import type { Bracket, Order, TimeInForce, Trail } from '../../../src/runtime/index.ts';
import type { Bar } from './bar.ts';

export type Kind =
  | 'market'
  | 'market-on-open'
  | 'market-on-close'
  | 'limit'
  | 'stop'
  | 'stop-limit'
  | 'trailing-stop'
  | 'target'
  | 'margin-call';

/** A bar has three: its open, all between open and close, of which nobody knows the path, and its close. */
export type Moment = 'open' | 'inside' | 'close';

/** When the fill was that a bracket's side protects, and where the market stood. */
export interface Entry {
  readonly bar: number;
  readonly moment: Moment;
  readonly market: number;
}

/** Less is what rounding leaves, of quantities around a hundred. */
const DUST = 1e-9;

export class ReferenceOrder implements Order {
  readonly id: number;
  readonly product = '';
  readonly kind: Kind;
  readonly bracket: Bracket;
  readonly timeInForce: TimeInForce;
  readonly goodTill: number;
  /** The bar at whose close it was given; of a bracket's side the bar of the entry. */
  readonly given: Bar;
  /** The session that a day order lives in: known with its first bar. */
  session: number | undefined;
  quantity: number;
  filled = 0;
  state: Order['state'] = 'open';
  limit = Number.NaN;
  stop = Number.NaN;
  trail: Trail | undefined;
  /** The best price that a trailing stop has seen. */
  best = Number.NaN;
  /** Of a stop that was reached: it is a market order, or with a limit a limit order. */
  isTriggered = false;
  /** The first bar that its limit meets. */
  pricedFrom: number;
  /** Of which only one may fill; for the sides of a bracket in parts. */
  group: readonly ReferenceOrder[] = [];
  /** Of a side of a bracket: the entry that it protects. */
  entry: Entry | undefined;
  /** Of an order with a bracket: its sides. */
  sides: readonly ReferenceOrder[] = [];
  /** Of a target: the fraction of equity, or undefined where a quantity was asked for. */
  fraction: number | undefined;
  /** Of a target: the quantity to hold; undefined where the first bar decides it. */
  wanted: number | undefined;

  constructor(given: {
    readonly id: number;
    readonly kind: Kind;
    readonly quantity: number;
    readonly given: Bar;
    readonly bracket?: Bracket;
    readonly timeInForce?: TimeInForce;
    readonly goodTill?: number;
  }) {
    this.id = given.id;
    this.kind = given.kind;
    this.quantity = given.quantity;
    this.given = given.given;
    this.bracket = given.bracket ?? {};
    this.timeInForce = given.timeInForce ?? (given.goodTill === undefined ? 'gtc' : 'gtd');
    this.goodTill = given.goodTill ?? Number.POSITIVE_INFINITY;
    this.pricedFrom = given.given.index + 1;
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  get remaining(): number {
    return this.quantity - this.filled;
  }

  get isComplete(): boolean {
    return Math.abs(this.remaining) <= DUST * Math.abs(this.quantity);
  }

  /** 1 for what buys, -1 for what sells. */
  get side(): 1 | -1 {
    return this.quantity > 0 ? 1 : -1;
  }
}
