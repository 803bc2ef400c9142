/** What a product is when nobody says otherwise: currency and calendar follow from its market. */
import { assert } from '../base/assert.ts';
import { type ProductId, parseProductId } from './dataset-name.ts';
import type { CalendarName, Product } from './product.ts';

export type ProductOverrides = Partial<Omit<Product, 'id'>>;

/** Quotes that a crypto symbol may end in, longest first. */
const CRYPTO_QUOTES = [
  'FDUSD',
  'USDT',
  'USDC',
  'BUSD',
  'TUSD',
  'USD',
  'EUR',
  'GBP',
  'JPY',
  'TRY',
  'DAI',
  'BTC',
  'ETH',
  'BNB',
];

/** The product of an id that `parseProductId` accepts. */
export function productOf(id: string, overrides: ProductOverrides = {}): Product {
  const parts = parseProductId(id);
  assert(parts !== undefined, `${id} is a product id`);
  const defaults = { id, currency: currencyOf(parts), multiplier: 1, lot: 0, tick: 0, calendar: calendarOf(parts) };
  return { ...defaults, ...overrides };
}

function calendarOf({ market, locale }: ProductId): CalendarName {
  if (market === 'crypto') return '24/7';
  if (market === 'forex') return 'forex';
  return market === 'stock' && locale === 'usa' ? 'us-equity' : 'weekdays';
}

function currencyOf({ market, symbol }: ProductId): string {
  const pair = symbol.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (market === 'forex' && pair.length === 6) return pair.slice(3);
  if (market === 'crypto')
    return CRYPTO_QUOTES.find(quote => pair.length > quote.length && pair.endsWith(quote)) ?? 'USD';
  return 'USD';
}
