/** Where a dataset is, or from which finer one it can be made. */
import { didYouMean } from '../base/closest.ts';
import { GoboolError } from '../base/error.ts';
import { datasetName, parseDatasetName, parseProductId } from '../market/dataset-name.ts';
import { divides, INTERVALS, type Interval, isInterval } from '../market/interval.ts';
import { datasetNames } from './catalog/catalog-entry.ts';
import { catalogOf, samplesDir } from './folders.ts';

export interface FoundDataset {
  readonly catalogDir: string;
  readonly name: string;
  /** The interval to resample to, where only finer bars exist. */
  readonly resampleTo?: Interval;
}

/** The project comes before the samples; in each an exact match before a resampled one. Throws GB_DATA_MISSING. */
export function findDataset(ref: string, projectDir: string): FoundDataset {
  const catalogs = [catalogOf(projectDir), samplesDir()].map(catalogDir => ({
    catalogDir,
    names: datasetNames(catalogDir),
  }));
  const wanted = parseDatasetName(ref);
  const finer = wanted === undefined ? [] : finerNames(wanted.productId, wanted.interval);
  for (const { catalogDir, names } of catalogs) {
    if (names.includes(ref)) return { catalogDir, name: ref };
    const name = finer.find(candidate => names.includes(candidate));
    if (wanted !== undefined && name !== undefined) return { catalogDir, name, resampleTo: wanted.interval };
  }
  throw missing(ref, [...new Set(catalogs.flatMap(({ names }) => names))]);
}

/** The dataset that `ref` names, for bars of `interval` made from it, also where others of that length exist. */
export function findSourceOf(interval: string, ref: string, projectDir: string): FoundDataset {
  const { catalogDir, name } = findDataset(ref, projectDir);
  const own = parseDatasetName(name)?.interval;
  if (own === interval) return { catalogDir, name };
  if (own !== undefined && isInterval(interval) && divides(own, interval)) {
    return { catalogDir, name, resampleTo: interval };
  }
  const hint = isInterval(interval)
    ? `Name a longer interval than ${own}, or another dataset.`
    : `Intervals are ${INTERVALS.join(', ')}.`;
  throw new GoboolError('GB_DATA_MISSING', `Bars of ${interval} cannot be made from ${name}.`, { hint });
}

/** Names of the product's datasets that a coarser one can be made from, the coarsest first: it has the fewest rows. */
function finerNames(productId: string, interval: Interval): string[] {
  const finer = INTERVALS.filter(candidate => divides(candidate, interval));
  return finer.reverse().map(candidate => datasetName(productId, candidate));
}

function missing(ref: string, names: readonly string[]): GoboolError {
  const ofSymbol = names.find(name => isOfSymbol(name, ref));
  const suggestion = ofSymbol === undefined ? didYouMean(ref, names) : ` Did you mean "${ofSymbol}"?`;
  const message = `There is no dataset "${ref}".${suggestion}`;
  return new GoboolError('GB_DATA_MISSING', message, { hint: 'List what exists with `gobool data ls`.' });
}

/** Whether `ref` is what elsewhere would be the name: `SPY`, `spy@1d`. */
function isOfSymbol(name: string, ref: string): boolean {
  const symbol = parseProductId(parseDatasetName(name)?.productId ?? '')?.symbol.toLowerCase();
  const [wanted = ''] = ref.toLowerCase().split('@');
  return symbol === wanted;
}
