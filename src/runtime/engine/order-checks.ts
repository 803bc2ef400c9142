/** What no order may be, whatever its product: a bundle's types were not checked. All throw GB_STRATEGY_ORDER. */
import { GoboolError } from '../base/error.ts';
import type { Bracket, StopLoss, Trail } from '../sdk/orders.ts';

/** Names that options may have. A misspelt `stopLoss` would leave a position without its stop, in silence. */
const ORDER_OPTIONS = ['stopLoss', 'takeProfit', 'timeInForce', 'goodTill'];
const TARGET_OPTIONS = ['stopLoss', 'takeProfit', 'rebalance'];
const CHANGES = ['quantity', 'limit', 'stop'];

export function checkOrderOptions(method: string, options: unknown): void {
  if (options !== undefined) requireNames(method, options, ORDER_OPTIONS);
}

export function checkTargetOptions(method: string, options: unknown): void {
  if (options !== undefined) requireNames(method, options, TARGET_OPTIONS);
}

export function checkChanges(changes: unknown): void {
  requireNames('modify', changes, CHANGES);
}

/** Names one by one: no list of them is made for every target that rebalances. */
function requireNames(method: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw refused(method, `${options} stands where an object may name ${known.join(', ')}`);
  }
  for (const name in options) {
    if (known.includes(name) || (options as Readonly<Record<string, unknown>>)[name] === undefined) continue;
    throw refused(method, `there is no option ${name}, only ${known.join(', ')}`);
  }
}

/** How far a trailing stop keeps: NaN for the one of the two that is not given. */
export function checkedTrail(trail: Trail, quantity: number): { readonly amount: number; readonly fraction: number } {
  const { amount, fraction }: { amount?: number; fraction?: number } = trail ?? {};
  if (amount !== undefined && fraction !== undefined) {
    throw refused('trailingStop', 'it has both an amount and a fraction');
  }
  const distance = amount ?? fraction;
  if (distance === undefined) {
    throw refused('trailingStop', 'it needs { amount } in units of price, or { fraction } of the best price');
  }
  if (!isAboveZero(distance)) {
    throw refused('trailingStop', `the distance is ${told(distance)}, but must be above zero`);
  }
  if (fraction !== undefined && fraction >= 1 && quantity < 0) {
    throw refused('trailingStop', `no price falls by a fraction of ${fraction}`);
  }
  return { amount: amount ?? Number.NaN, fraction: fraction ?? Number.NaN };
}

/** The bracket, if it makes sense. */
export function checkBracket(bracket: Bracket | undefined): Bracket | undefined {
  if (bracket?.stopLoss !== undefined) checkSide('stopLoss', bracket.stopLoss);
  const target: StopLoss | undefined = bracket?.takeProfit;
  if (target === undefined) return bracket;
  if (distancesOf(target).trail !== undefined) throw refused('takeProfit', 'it cannot trail');
  checkSide('takeProfit', target);
  return bracket;
}

/** The distances that a side of a bracket has. A key without a value counts as absent: spreads leave such keys. */
export function distancesOf(side: StopLoss): { readonly trail?: number; readonly offset?: number } {
  // A bundle's types were not checked: null is an object as well.
  return typeof side === 'object' && side !== null ? side : {};
}

function checkSide(name: 'stopLoss' | 'takeProfit', side: StopLoss): void {
  if (typeof side === 'number') {
    if (!Number.isFinite(side)) throw refused(name, `the price is ${side}`);
    return;
  }
  const { trail, offset } = distancesOf(side);
  if (trail !== undefined && offset !== undefined) throw refused(name, 'it has both a trail and an offset');
  const distance = trail ?? offset;
  if (typeof distance !== 'number') throw refused(name, `it must be a price, or ${DISTANCES[name]} in units of price`);
  if (!(distance > 0)) throw refused(name, `the distance is ${distance}, but must be above zero`);
}

const DISTANCES = { stopLoss: '{ offset } or { trail }', takeProfit: '{ offset }' };

export function requireQuantity(what: string, quantity: number): void {
  if (!Number.isFinite(quantity)) throw refused(what, `the quantity is ${told(quantity)}`);
}

export function requirePrice(method: string, name: string, price: number): void {
  if (!isAboveZero(price) || price === Number.POSITIVE_INFINITY) {
    throw refused(method, `the ${name} is ${told(price)}`);
  }
}

/** A text is compared as the number that it looks like, but added as a text: a price of 100 and '5' are 1005. */
function isAboveZero(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

/** What is no number is told from the number that it looks like. */
export function told(value: unknown): string {
  const type = typeof value;
  if (type === 'number' || value === undefined || value === null) return `${value}`;
  return `${value}, ${type === 'object' ? 'an' : 'a'} ${type}`;
}

/** `what`: the method as it was called, or its kind of order, or one of its options. */
export function refused(what: string, problem: string): GoboolError {
  const name = what.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return new GoboolError('GB_STRATEGY_ORDER', `order.${name}: ${problem}.`);
}
