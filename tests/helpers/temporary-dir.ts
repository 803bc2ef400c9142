/** Folders that go away with the test, or with all tests of a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

export function temporaryDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gobool-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function folderOfSuite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gobool-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
