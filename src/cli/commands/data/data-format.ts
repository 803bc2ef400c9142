/** Which format files have, by their names. */
import { statSync } from 'node:fs';

export type DataFormat = 'csv' | 'json' | 'parquet' | 'lean';

const ENDINGS: readonly (readonly [DataFormat, RegExp])[] = [
  ['lean', /\.zip$/i],
  ['parquet', /\.(parquet|pq)$/i],
  ['json', /\.(json|ndjson|jsonl)$/i],
];

/** A format that all paths have; CSV for names that say nothing. A folder is one of LEAN's archives. */
export function formatOfPaths(paths: readonly string[]): DataFormat {
  const formats = new Set(paths.map(formatOfPath));
  const [only] = formats;
  return formats.size === 1 && only !== undefined ? only : 'csv';
}

function formatOfPath(path: string): DataFormat {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return 'lean';
  return ENDINGS.find(([, ending]) => ending.test(path))?.[0] ?? 'csv';
}
