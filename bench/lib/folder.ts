/** A temporary folder for what the measurements need. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = mkdtempSync(join(tmpdir(), 'gobool-bench-'));
process.on('exit', () => rmSync(FOLDER, { recursive: true, force: true }));

export const inFolder = (name: string): string => join(FOLDER, name);
