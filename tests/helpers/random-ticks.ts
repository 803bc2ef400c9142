/** Ticks of one partition as a careless world would write them; the same for the same seed. */
import { nextUint32, prngFromSeed } from '../../src/runtime/base/prng.ts';
import type { Tick, Trade } from './fold-trades.ts';

/** 2024-01-02 03:04:05 UTC */
const START_MS = 1_704_164_645_000;
const PRODUCTS_MAX = 6;

/**
 * Trades out of order, late, or from a product's history; repeated ones; clocks that stand still or go back; ids
 * declared lost; minutes of silence; numbers with needless zeros.
 */
export function randomTicks(seed: number, partition: number, count: number): readonly Tick[] {
  const prng = prngFromSeed(seed * 64 + partition);
  const below = (limit: number) => nextUint32(prng) % limit;
  const products: { readonly name: string; lastId: number; readonly trades: Trade[] }[] = [];
  let now = START_MS;

  const decimal = (whole: number, places: number) =>
    `${whole}.${below(10 ** 6)}`.padEnd(String(whole).length + 1 + places, '0');
  const delayMs = () => (below(40) === 0 ? below(30_000) : below(1_500));

  function trade(): Tick {
    const product = products[below(products.length)]!;
    product.lastId += 1 + below(3);
    const price = `${below(20) === 0 ? '-' : ''}${decimal(27_000 + below(100), below(9))}`;
    const size = decimal(below(3), below(12)).replace(/^0\.0+$/, '1');
    const made: Trade = {
      type: 'trade',
      product: product.name,
      id: product.lastId,
      time: now - delayMs(),
      price,
      size,
    };
    product.trades.push(made);
    return made;
  }

  function next(): Tick {
    now += below(60);
    const roll = below(1_000);
    if (products.length === 0 || (roll < 4 && products.length < PRODUCTS_MAX))
      products.push({ name: `crypto.P${partition}X${products.length}.global`, lastId: below(1_000), trades: [] });
    if (roll < 3) now += 400_000;
    if (roll < 60) return { type: 'clock', time: now - below(2_500) };
    const product = products[below(products.length)]!;
    if (roll < 64) {
      const from = product.lastId + 1;
      product.lastId += 1 + below(5);
      return { type: 'gap', product: product.name, from, to: product.lastId };
    }
    if (roll < 130) return product.trades.at(-1 - below(5)) ?? trade();
    return trade();
  }

  return Array.from({ length: count }, next);
}
