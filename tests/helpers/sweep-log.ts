/** The log of the only sweep of a project, as it lies on the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';

/** Where it is; '' while there is none. */
export function sweepLog(cwd: string): string {
  const folder = join(cwd, '.gobool/sweeps');
  const [id] = existsSync(folder) ? readdirSync(folder) : [];
  const path = join(folder, id ?? '', 'runs.ndjson');
  return existsSync(path) ? path : '';
}

/** How many runs are kept, whole. */
export function keptRuns(cwd: string): number {
  const path = sweepLog(cwd);
  if (path === '') return 0;
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter(line => line.endsWith('}')).length;
}

/** The folder comes before the log, and the log before its first line. */
export const untilRunsAreKept = (cwd: string) =>
  vi.waitUntil(() => keptRuns(cwd) > 0, { timeout: 60_000, interval: 5 });
