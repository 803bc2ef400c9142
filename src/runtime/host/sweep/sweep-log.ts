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

const LINE_END = 0x0a;

/** All runs that are done, by index. Another process may be writing: nothing is changed. */
export function readSweepLog(folder: string): readonly DoneRun[] {
  const path = logPath(folder);
  const bytes = withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)));
  const runs = new Map<number, DoneRun>();
  for (const line of linesOf(bytes)) {
    const run = parseLine(line);
    if (run !== undefined) runs.set(run.index, run);
  }
  return [...runs.values()].sort((a, b) => a.index - b.index);
}

/** One by one: the log of a million runs is longer than one text can be. */
function* linesOf(bytes: Buffer): Iterable<string> {
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(LINE_END, from);
    const to = end === -1 ? bytes.length : end;
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}

/** Begins on a line of its own, whatever a dead process left. */
export function appendToSweepLog(folder: string, runs: readonly DoneRun[]): void {
  const path = logPath(folder);
  makeFolder(folder);
  const lines = ['', ...runs.map(run => JSON.stringify(run)), ''];
  withFileErrors(path, () => appendFileSync(path, lines.join('\n')));
}

/** A line that is not whole counts as not done: its run is done again, and comes out the same. */
function parseLine(line: string): DoneRun | undefined {
  try {
    const run: DoneRun = JSON.parse(line);
    const isWhole = [run.params, run.metrics].every(value => typeof value === 'object' && value !== null);
    return isWhole ? run : undefined;
  } catch {
    return undefined;
  }
}

export function forgetSweep(folder: string): void {
  withFileErrors(folder, () => rmSync(folder, { recursive: true, force: true }));
}

function logPath(folder: string): string {
  return join(folder, 'runs.ndjson');
}
