/** What no order may be, whatever its product: a bundle's types were not checked. All throw GB_STRATEGY_ORDER. */
import { GoboolError } from '../base/error.ts';
import type { Bracket, StopLoss, Trail } from '../sdk/orders.ts';

/** How far a trailing stop keeps: NaN for the one of the two that is not given. */
export function checkedTrail(trail: Trail, quantity: number): { readonly amount: number; readonly fraction: number } {
  const { amount, fraction }: { amount?: number; fraction?: number } = trail;
  if (amount !== undefined && fraction !== undefined) {
    throw refused('trailingStop', 'it has both an amount and a fraction');
  }
  const distance = amount ?? fraction ?? Number.NaN;
  if (!(distance > 0)) throw refused('trailingStop', `the distance is ${distance}, but must be above zero`);
  if (fraction !== undefined && fraction >= 1 && quantity < 0) {
    throw refused('trailingStop', `no price falls by a fraction of ${fraction}`);
  }
  return { amount: amount ?? Number.NaN, fraction: fraction ?? Number.NaN };
}

/** The bracket, if it makes sense. */
export function checkBracket(bracket: Bracket | undefined): Bracket | undefined {
  if (bracket?.stopLoss !== undefined) checkSide(bracket.stopLoss);
  const target: StopLoss | undefined = bracket?.takeProfit;
  if (target === undefined) return bracket;
  if (typeof target === 'object' && 'trail' in target) throw refused('bracket', 'a profit target cannot trail');
  checkSide(target);
  return bracket;
}

function checkSide(side: StopLoss): void {
  const isPrice = typeof side !== 'object';
  const { trail, offset }: { trail?: number; offset?: number } = isPrice ? {} : side;
  const isTwice = trail !== undefined && offset !== undefined;
  if (isTwice) throw refused('bracket', 'a stop has both a trail and an offset');
  const value = isPrice ? side : 'trail' in side ? side.trail : side.offset;
  if (!(isPrice ? Number.isFinite(value) : value > 0)) throw refused('bracket', `its price or distance is ${value}`);
}

export function requireFinite(what: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) throw refused(what, `the ${name} is ${value}`);
  }
}

export function requirePrice(method: string, name: string, price: number): void {
  if (!(price > 0 && price < Number.POSITIVE_INFINITY)) throw refused(method, `the ${name} is ${price}`);
}

export function refused(what: string, problem: string): GoboolError {
  return new GoboolError('GB_STRATEGY_ORDER', `order.${what}: ${problem}.`);
}
