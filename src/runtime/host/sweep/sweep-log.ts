/**
 * What a sweep has done so far: a line of JSON per run, appended slice by slice, in `.gobool/sweeps/<id>/runs.ndjson`.
 * A process that dies loses the slices that it had not finished; a line that it left half-written is passed over.
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepRun } from '../../sweep/sweep-result.ts';
import { makeFolder, withFileErrors } from '../files.ts';

export interface DoneRun extends SweepRun {
  /** Daily returns that its metrics rest on. */
  readonly samples: number;
}

/** All runs that are done, by index. Another process may be writing: nothing is changed. */
export function readSweepLog(folder: string): readonly DoneRun[] {
  const path = logPath(folder);
  const text = withFileErrors(path, () => (existsSync(path) ? readFileSync(path, 'utf8') : ''));
  const runs = new Map(text.split('\n').flatMap(parseLine));
  return [...runs.values()].sort((a, b) => a.index - b.index);
}

/** Begins on a line of its own, whatever a dead process left. */
export function appendToSweepLog(folder: string, runs: readonly DoneRun[]): void {
  const path = logPath(folder);
  makeFolder(folder);
  const lines = ['', ...runs.map(run => JSON.stringify(run)), ''];
  withFileErrors(path, () => appendFileSync(path, lines.join('\n')));
}

/** A line that is not whole counts as not done: its run is done again, and comes out the same. */
function parseLine(line: string): [index: number, run: DoneRun][] {
  try {
    const run: DoneRun = JSON.parse(line);
    return typeof run.metrics !== 'object' || run.metrics === null ? [] : [[run.index, run]];
  } catch {
    return [];
  }
}

export function forgetSweep(folder: string): void {
  withFileErrors(folder, () => rmSync(folder, { recursive: true, force: true }));
}

function logPath(folder: string): string {
  return join(folder, 'runs.ndjson');
}
