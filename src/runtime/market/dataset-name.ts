/** Names of datasets, `{product}@{interval}`, and of products, `{market}.{symbol}.{locale}`. */
import { type Interval, isInterval } from './interval.ts';

export interface DatasetName {
  readonly productId: string;
  readonly interval: Interval;
}

export interface ProductId {
  readonly market: string;
  readonly symbol: string;
  readonly locale: string;
}

/** The parts of `stock.SPY.usa@1d`; undefined where a text is no such name. */
export function parseDatasetName(text: string): DatasetName | undefined {
  const at = text.lastIndexOf('@');
  const productId = text.slice(0, at);
  const interval = text.slice(at + 1);
  if (at < 0 || parseProductId(productId) === undefined || !isInterval(interval)) return undefined;
  return { productId, interval };
}

export function datasetName(productId: string, interval: Interval): string {
  return `${productId}@${interval}`;
}

/** The parts of `stock.SPY.usa`. A symbol may contain dots (`stock.BRK.B.usa`) but nothing that a file name may not. */
export function parseProductId(text: string): ProductId | undefined {
  const match = /^([a-z][a-z0-9-]*)\.([A-Za-z0-9][A-Za-z0-9._-]*)\.([a-z][a-z0-9-]*)$/.exec(text);
  if (match === null) return undefined;
  return { market: match[1] ?? '', symbol: match[2] ?? '', locale: match[3] ?? '' };
}
