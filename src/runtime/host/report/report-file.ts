/** Where reports go, and how they are shown. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../files.ts';

/** Absolute path: `file` as the user wrote it, else one in the project's folder of reports. `id`: of run or sweep. */
export function reportPath(cwd: string, projectDir: string, id: string, file?: string): string {
  return file === undefined ? join(projectDir, '.gobool', 'reports', `${id}.html`) : resolve(cwd, file);
}

/** The whole file, or none of it. Throws GB_DISK_FULL, GB_PERMISSION. */
export function writeReport(path: string, page: string): void {
  writeFileAtomic(path, [new TextEncoder().encode(page)]);
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['explorer'],
};

/** Shows a file in the system's browser; false where none could be started. */
export async function openInBrowser(path: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, path], { stdio: 'ignore', detached: true, env });
  const started = await new Promise<boolean>(done => {
    child.once('spawn', () => done(true));
    child.once('error', () => done(false));
  });
  if (started) child.unref();
  return started;
}
