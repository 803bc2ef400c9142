/** Moves the columns of a run's input into shared memory, so that a thread reads them without a copy of its own. */
import { sharedCopy } from '../../base/shared-copy.ts';
import type { RunInput } from '../../bundle/abi.ts';
import type { Bars } from '../../market/bars.ts';
import type { Dataset } from '../../market/dataset.ts';

/** Columns that lie in shared memory already are taken as they are. */
export function shareColumns<T extends Pick<RunInput, 'feeds' | 'benchmark'>>(input: T): T {
  const { feeds, benchmark } = input;
  return { ...input, feeds: feeds.map(shareDataset), ...(benchmark && { benchmark: shareDataset(benchmark) }) };
}

function shareDataset(dataset: Dataset): Dataset {
  return { ...dataset, bars: shareBars(dataset.bars) };
}

function shareBars(bars: Bars): Bars {
  const columns = Object.entries(bars).map(([name, value]) => [name, isColumn(value) ? shared(value) : value]);
  return Object.fromEntries(columns) as Bars;
}

function isColumn(value: unknown): value is Float64Array | Int32Array {
  return value instanceof Float64Array || value instanceof Int32Array;
}

function shared<T extends Float64Array | Int32Array>(column: T): T {
  return column.buffer instanceof SharedArrayBuffer ? column : sharedCopy(column);
}
