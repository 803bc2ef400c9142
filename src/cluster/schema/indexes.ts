/** The indexes of MongoDB, the index on `_id` apart, which every collection has. Readers' queries decide them. */
import { MARKET_DATABASE } from './mongodb-layout.ts';

export interface IndexDeclaration {
  readonly database: string;
  readonly collection: string;
  readonly name: string;
  /** Fields in order; 1 ascending, -1 descending. */
  readonly fields: Readonly<Record<string, 1 | -1>>;
}

/** Where Connect writes candles and readers find them. */
export const CANDLES = { database: MARKET_DATABASE, collection: 'candles' } as const;

export const INDEXES: readonly IndexDeclaration[] = [
  { ...CANDLES, name: 'product_interval_time', fields: { product: 1, interval: 1, time: 1 } },
];
