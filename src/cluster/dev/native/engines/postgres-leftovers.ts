/**
 * What a killed PostgreSQL leaves behind: backends that live on without their postmaster, and a lock file whose pid
 * may by now belong to another process. Either keeps the next one from starting.
 * A postmaster that lives is never touched. Limitation: reads /proc; elsewhere it finds nothing, and PostgreSQL
 * decides.
 */
import { readlinkSync } from 'node:fs';
import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIds, programOf } from '../process-table.ts';

/** Readies a data folder for a new postmaster. */
export async function clearLeftovers(dataDir: string): Promise<void> {
  const lockFile = join(dataDir, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const postmaster = Number.parseInt(text, 10);
  const pids = await processesIn(dataDir);
  if (pids.includes(postmaster)) return;
  await endProcesses(dataDir, pids);
  await rm(lockFile, { force: true });
}

/** Ends every process of PostgreSQL that works in the folder or below it. */
export async function endProcesses(dir: string, pids?: readonly number[]): Promise<void> {
  for (let left = pids ?? (await processesIn(dir)); left.length > 0; left = await processesIn(dir)) {
    for (const pid of left) kill(pid);
    await pause(5);
  }
}

/** By their working folder, and by their name, since a person's shell may stand there too. */
async function processesIn(dir: string): Promise<readonly number[]> {
  const folder = await realpath(dir).catch(() => dir);
  return processIds().filter(
    pid => /^(postgres|initdb)$/.test(programOf(pid)) && `${workingFolder(pid)}/`.startsWith(`${folder}/`),
  );
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
