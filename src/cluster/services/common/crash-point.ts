/**
 * Places at which a test lets a service die as by `kill -9`: `GOBOOL_CRASH_AT=worker.claimed`. With
 * `GOBOOL_CRASH_MARK`, a file that does not exist yet, only the first process that comes there dies, and the file
 * proves that one did.
 */
import { closeSync, openSync } from 'node:fs';

export function crashPoint(name: string, { GOBOOL_CRASH_AT, GOBOOL_CRASH_MARK } = process.env): void {
  if (GOBOOL_CRASH_AT === name && (GOBOOL_CRASH_MARK === undefined || made(GOBOOL_CRASH_MARK)))
    process.kill(process.pid, 'SIGKILL');
}

function made(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch {
    return false;
  }
}
