/**
 * A lock that nobody can leave behind: an exclusive transaction on an empty SQLite file, which the kernel ends with the
 * process. The file itself stays; removing it would let two processes lock two files of one name.
 */
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder, toFileError } from '../../../runtime/host/files.ts';

const SQLITE_BUSY = 5;

/** Undefined where another holds it. */
export function tryLock(file: string): Disposable | undefined {
  makeFolder(dirname(file));
  const database = open(file);
  try {
    // Without a journal nothing is written at all.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return;
    throw error;
  }
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw toFileError(error, file);
  }
}
