/** What SQLite reports, as coded errors. Numbers: sqlite.org/rescode.html. */
import { GoboolError } from '../../base/error.ts';

const PRIMARY_CODE = 0xff;
/** Writing, growing or mapping a file failed: what SQLite says of a full disk, beside SQLITE_FULL. */
const WRITE_FAILURES: readonly unknown[] = [778, 1034, 1290, 1546, 4874, 5386];

/** Runs database work on the file at `path`; what the world did wrong becomes a coded error. */
export function withSqliteErrors<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function toStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const cause = { cause: error };
  if (WRITE_FAILURES.includes(error.errcode)) return diskFull(path, error);
  switch (Number(error.errcode) & PRIMARY_CODE) {
    // What gobool asks for is there in every index that it made: a table or a column that is not was taken out.
    case 1:
      return new GoboolError('GB_STORE_BROKEN', `${path} lacks what an index of runs has.`, cause);
    case 13:
      return diskFull(path, error);
    case 5:
    case 6:
      return new GoboolError('GB_STORE_BUSY', `${path} is locked by another process.`, cause);
    case 3:
    case 8:
    case 14:
      return new GoboolError('GB_PERMISSION', `${path} may not be read or written.`, cause);
    case 11:
    case 26:
      return new GoboolError('GB_STORE_BROKEN', `${path} is damaged.`, cause);
    default:
      return error;
  }
}

function diskFull(path: string, cause: Error): GoboolError {
  return new GoboolError('GB_DISK_FULL', `The disk is full: ${path} could not be written.`, { cause });
}
