/**
 * What names a dataset's content: SHA-256 over the product, the interval, the factors and, where there is some, the
 * funding, then the columns as stored, each with its name and length. Not over the source or the time of import: the
 * same bars have the same hash wherever they came from.
 */
import { createHash } from 'node:crypto';
import type { ColumnBytes, DatasetMeta } from './stored-dataset.ts';

export function datasetHash(columns: ColumnBytes, { product, interval, factors, funding }: DatasetMeta): string {
  const hash = createHash('sha256');
  const head = {
    product: Object.fromEntries(Object.entries(product).sort(([a], [b]) => (a < b ? -1 : 1))),
    interval,
    factors: factors.map(({ day, priceFactor, splitFactor }) => [day, priceFactor, splitFactor]),
    ...(funding && { funding: funding.map(({ time, rate }) => [time, rate]) }),
  };
  hash.update(`${JSON.stringify(head)}\n`);
  for (const [name, bytes] of columns) hash.update(`${name} ${bytes.byteLength}\n`).update(bytes);
  return hash.digest('hex');
}

/** The hash of bars that are made from others by a rule: `rule` names it. */
export function derivedHash(sourceHash: string, rule: string): string {
  return createHash('sha256').update(`${sourceHash} ${rule}\n`).digest('hex');
}
