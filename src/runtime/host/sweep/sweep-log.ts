/**
 * What a sweep has done so far: a line of JSON per run, appended slice by slice, in `.gobool/sweeps/<id>/runs.ndjson`.
 * A process that dies loses the slices that it had not finished; a line that it left half-written is cut off.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepRun } from '../../sweep/sweep-result.ts';
import { makeFolder, withFileErrors } from '../files.ts';

export interface DoneRun extends SweepRun {
  /** Daily returns that its metrics rest on. */
  readonly samples: number;
}

/** All runs that are done, by index. */
export function readSweepLog(folder: string): readonly DoneRun[] {
  const path = logPath(folder);
  const bytes = withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)));
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) withFileErrors(path, () => truncateSync(path, whole));
  const lines = bytes.toString('utf8', 0, whole).split('\n');
  const runs = lines.filter(line => line !== '').map(line => JSON.parse(line) as DoneRun);
  return [...new Map(runs.map(run => [run.index, run])).values()].sort((a, b) => a.index - b.index);
}

export function appendToSweepLog(folder: string, runs: readonly DoneRun[]): void {
  const path = logPath(folder);
  makeFolder(folder);
  withFileErrors(path, () => appendFileSync(path, runs.map(run => `${JSON.stringify(run)}\n`).join('')));
}

export function forgetSweep(folder: string): void {
  withFileErrors(folder, () => rmSync(folder, { recursive: true, force: true }));
}

function logPath(folder: string): string {
  return join(folder, 'runs.ndjson');
}
