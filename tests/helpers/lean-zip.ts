/** A zip archive of one table, as LEAN stores them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

export function writeLeanZip(folder: string, zipName: string, tableName: string, rows: readonly string[]): string {
  const path = join(folder, zipName);
  writeFileSync(path, zipSync({ [tableName]: new TextEncoder().encode(rows.join('\n')) }));
  return path;
}
