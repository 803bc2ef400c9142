/** A file system of a few kilobytes, to see what a full disk does. Mounting needs root; `canMount` says whether this process may. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const canMount = process.getuid?.() === 0 && process.platform === 'linux';

export function mountTinyDisk(folder: string, kilobytes: number): Disposable {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]);
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', folder]) };
}

/** From now on nothing can be written there. */
export function makeReadOnly(disk: string): void {
  execFileSync('mount', ['-o', 'remount,ro', disk]);
}

/** Leaves so many bytes free. Returns the file that takes the place. */
export function fillDisk(folder: string, freeBytes = 0): string {
  const filler = join(folder, 'filler');
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full for pieces of this size.
    }
  }
  truncateSync(filler, statSync(filler).size - freeBytes);
  return filler;
}
