/** Files with the rows of several products, mixed or in turn: read as one they would be a series of none. */
import { defined } from '../../base/defined.ts';
import type { GoboolError } from '../../base/error.ts';
import { parseProductId } from '../../market/dataset-name.ts';
import type { WantedTable } from './detected-format.ts';
import type { RawColumns } from './raw-columns.ts';

const NAMED_MAX = 5;

/** Whose rows a reader is to take for a product; nothing where there is no product yet. */
export function wantedFor(productId = ''): Pick<WantedTable, 'symbol'> {
  return defined({ symbol: parseProductId(productId)?.symbol });
}

/**
 * Of the products that rows are of, the wanted one as the file writes it: `symbol`, whatever its case and marks. Else
 * throws what `refuse` makes.
 */
export function ownProduct(
  found: readonly string[],
  symbol: string | undefined,
  refuse: (problem: string, hint: string) => GoboolError,
): string {
  const own = found.find(each => each === symbol) ?? found.find(each => plain(each) === plain(symbol ?? ''));
  if (own !== undefined) return own;
  const [first = ''] = found;
  const some = found.slice(0, NAMED_MAX).join(', ') + (found.length > NAMED_MAX ? ' ...' : '');
  const hint = `Import one at a time: \`gobool data import --product stock.${first}.usa\` takes the rows of ${first}.`;
  throw refuse(`its rows are of ${found.length} products: ${some}`, hint);
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether times only ever go one way: rows of several names are then of one product that was renamed. */
export function isOneSeries({ time, length }: RawColumns): boolean {
  let [rises, falls] = [true, true];
  for (let row = 1; row < length; row++) {
    const stepMs = (time[row] as number) - (time[row - 1] as number);
    if (stepMs <= 0) rises = false;
    if (stepMs >= 0) falls = false;
  }
  return rises || falls;
}
