/**
 * What this project keeps of its runs on the cluster, in `.gobool/cluster-runs`: enough to finish a run's record when
 * its result comes, whatever has become of its strategy and data meanwhile; and then, where that record is. A frame
 * each, since options may hold numbers that JSON does not know.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedInput, SweepSpec } from '../../../cluster/client/run-alone.ts';
import { decodeFrame, encodeFrame } from '../../../cluster/contracts/frame.ts';
import { withFileErrors, writeFileAtomic } from '../../../runtime/host/files.ts';
import type { RunDraft } from '../../../runtime/host/run-draft.ts';
import type { SweepDraft } from '../../../runtime/host/sweep/sweep-draft.ts';

/** `map`: source map of its bundle, so that errors name lines of the files as they were. */
export interface KeptBacktest {
  readonly kind: 'run';
  readonly draft: RunDraft;
  readonly map: string;
}

export interface KeptSweep {
  readonly kind: 'sweep';
  readonly draft: SweepDraft;
  /** Sets of the space that this run has, in its order. */
  readonly indices: readonly number[];
  readonly spec: SweepSpec;
  readonly shared: SharedInput;
  readonly map: string;
}

/** `id`: of the run or the sweep in the project's store. */
interface LandedRun {
  readonly kind: 'landed';
  readonly id: string;
}

export type KeptRun = KeptBacktest | KeptSweep | LandedRun;

const ENDING = '.frame';
const dirOf = (projectDir: string) => join(projectDir, '.gobool', 'cluster-runs');
const pathOf = (projectDir: string, runId: string) => join(dirOf(projectDir), runId + ENDING);

/** Throws GB_DISK_FULL, GB_PERMISSION. */
export function keepClusterRun(projectDir: string, runId: string, kept: KeptRun): void {
  writeFileAtomic(pathOf(projectDir, runId), [encodeFrame(kept)]);
}

/** Undefined where another project, or none, keeps it. Throws GB_PERMISSION, GB_FRAME_INVALID. */
export function keptClusterRun(projectDir: string, runId: string): KeptRun | undefined {
  const path = pathOf(projectDir, runId);
  if (!existsSync(path)) return undefined;
  return decodeFrame(withFileErrors(path, () => readFileSync(path))) as KeptRun;
}

/** In no order. Throws GB_PERMISSION. */
export function keptClusterRuns(projectDir: string): readonly string[] {
  const dir = dirOf(projectDir);
  if (!existsSync(dir)) return [];
  const files = withFileErrors(dir, () => readdirSync(dir));
  return files.filter(file => file.endsWith(ENDING)).map(file => file.slice(0, -ENDING.length));
}
