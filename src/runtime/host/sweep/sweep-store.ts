/**
 * Sweeps of a project: a folder each in `.gobool/sweeps`, with `runs.ndjson` and, once it is complete, `sweep.json`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { counted } from '../../base/format.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import type { SweepAxis, SweepObjective } from '../../sweep/sweep-result.ts';
import { writeFileAtomic } from '../files.ts';
import { readSweepLog } from './sweep-log.ts';

/** What `s-0f3a...` names. */
const SWEEP_ID = /^s-[0-9a-f]{0,12}$/;

export function sweepFolder(projectDir: string, sweepId: string): string {
  return join(sweepsDir(projectDir), sweepId);
}

export function isSweepId(text: string): boolean {
  return SWEEP_ID.test(text);
}

export function writeSweep(projectDir: string, { runs, ...facts }: SweepOutcome): void {
  const content = Buffer.from(`${JSON.stringify({ v: 1, ...facts, sets: runs.length }, null, 2)}\n`);
  writeFileAtomic(factsPath(sweepFolder(projectDir, facts.sweepId)), [content]);
}

/** `idPrefix`: the start of an id that only one complete sweep has. Throws GB_SWEEP_MISSING. */
export function readSweep(projectDir: string, idPrefix: string): SweepOutcome {
  const [sweepId, ...others] = sweepIds(projectDir).filter(id => id.startsWith(idPrefix));
  if (sweepId === undefined) throw new GoboolError('GB_SWEEP_MISSING', `There is no complete sweep ${idPrefix}.`);
  if (others.length > 0) {
    const list = [sweepId, ...others].join(', ');
    const hint = 'Write more letters of the id.';
    throw new GoboolError('GB_SWEEP_MISSING', `Several sweeps begin with ${idPrefix}: ${list}.`, { hint });
  }
  const folder = sweepFolder(projectDir, sweepId);
  const { sets, ...facts } = readFacts(factsPath(folder));
  const runs = readSweepLog(folder);
  if (runs.length === 0 || runs.length < sets)
    throw new GoboolError(
      'GB_SWEEP_MISSING',
      `Of the ${counted(sets, 'run')} of ${sweepId}, ${runs.length} are left.`,
      {
        hint: 'Run the sweep again: it does those that are lost.',
      },
    );
  return { ...facts, runs };
}

/** `sets`: how many runs there must be, for the log may lose some in a power cut; 0 in what earlier versions kept. */
function readFacts(path: string): Omit<SweepOutcome, 'runs'> & { readonly sets: number } {
  try {
    const { v: _v, sets = 0, ...facts } = JSON.parse(readFileSync(path, 'utf8'));
    const { createdMs, strategy, axes, objective, datasets } = facts;
    const isWhole =
      Number.isFinite(createdMs) &&
      typeof strategy === 'string' &&
      typeof objective?.metric === 'string' &&
      axes.every(({ values }: SweepAxis) => Array.isArray(values)) &&
      datasets.every(({ dataset }: { dataset: unknown }) => typeof dataset === 'string');
    if (!isWhole) throw new Error('fields are missing or wrong');
    return { ...facts, sets };
  } catch (cause) {
    throw new GoboolError('GB_SWEEP_MISSING', `${path} cannot be read.`, { cause });
  }
}

/** What a list tells of a sweep. */
export interface ListedSweep extends Pick<SweepOutcome, 'sweepId' | 'createdMs' | 'strategy' | 'axes' | 'objective'> {
  readonly datasets: readonly string[];
  readonly sets: number;
}

/** All complete sweeps whose facts can be read, the newest first. */
export function listSweeps(projectDir: string): readonly ListedSweep[] {
  const listed = sweepIds(projectDir).flatMap(sweepId => {
    try {
      const { createdMs, strategy, axes, objective, datasets, sets } = readFacts(
        factsPath(sweepFolder(projectDir, sweepId)),
      );
      const names = datasets.map(({ dataset }) => dataset);
      return { sweepId, createdMs, strategy, datasets: names, axes, objective, sets };
    } catch {
      return [];
    }
  });
  return listed.sort((a, b) => b.createdMs - a.createdMs);
}

/** Ids of all complete sweeps. */
function sweepIds(projectDir: string): readonly string[] {
  const folder = sweepsDir(projectDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(id => isComplete(join(folder, id)));
}

/** Whether the sweep was complete under this objective: under another one, another set is its best. */
export function isProved(folder: string, { metric, direction }: SweepObjective): boolean {
  try {
    const { objective } = readFacts(factsPath(folder));
    return objective.metric === metric && objective.direction === direction;
  } catch {
    return false; // Not complete, or damaged: whoever proves it writes it anew.
  }
}

function isComplete(folder: string): boolean {
  return existsSync(factsPath(folder));
}

function factsPath(folder: string): string {
  return join(folder, 'sweep.json');
}

function sweepsDir(projectDir: string): string {
  return join(projectDir, '.gobool', 'sweeps');
}
