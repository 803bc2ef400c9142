/** Files with the rows of several products, mixed or one after the other: read as one they would be a series of none. */
import type { RawColumns } from '../import/raw-columns.ts';
import { csvFormatError } from './csv-errors.ts';
import { type CsvLayout, dataRows } from './csv-layout.ts';
import type { CsvOptions } from './csv-options.ts';

const NAMED_MAX = 5;

/**
 * The product whose rows are wanted, as the file writes it; undefined where they are all of one, or follow each other
 * in time, as those of a product that was renamed. Throws GB_CSV_FORMAT where the options do not say which.
 */
export function ownProduct(
  bytes: Uint8Array,
  layout: CsvLayout,
  columns: RawColumns,
  options: CsvOptions,
): string | undefined {
  if (layout.symbol < 0 || isOneSeries(columns)) return undefined;
  const found = new Set<string>();
  const rows = dataRows(bytes, layout);
  while (rows.next()) if (rows.count === layout.width) found.add(rows.textOf(layout.symbol));
  if (found.size < 2) return undefined;
  return chosen([...found], options);
}

function chosen(found: readonly string[], options: CsvOptions): string {
  const { symbol = '' } = options;
  const own = found.find(each => each === symbol) ?? found.find(each => plain(each) === plain(symbol));
  if (own !== undefined) return own;
  const [first = ''] = found;
  const some = found.slice(0, NAMED_MAX).join(', ') + (found.length > NAMED_MAX ? ' ...' : '');
  const hint = `Import one at a time: \`gobool data import --product stock.${first}.usa\` takes the rows of ${first}.`;
  throw csvFormatError(options, `its rows are of ${found.length} products: ${some}.`, hint);
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether times only ever go one way. */
function isOneSeries({ time, length }: RawColumns): boolean {
  let [rises, falls] = [true, true];
  for (let row = 1; row < length; row++) {
    const stepMs = (time[row] as number) - (time[row - 1] as number);
    if (stepMs <= 0) rises = false;
    if (stepMs >= 0) falls = false;
  }
  return rises || falls;
}
