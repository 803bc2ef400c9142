/**
 * Runs the Python scripts of the tests in a virtual environment with pinned packages. The first test that needs it
 * makes it, in `.venv` of the project; the others wait. It is made anew when the requirements change.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const projectDir = join(import.meta.dirname, '..', '..');
const scriptsDir = join(projectDir, 'tests', 'python');
const venvDir = join(projectDir, '.venv');
const lockDir = join(projectDir, '.venv.lock');
const STALE_LOCK_MS = 300_000;

/** What the script prints. Throws with its error output where it fails. */
export async function runPython(script: string, args: readonly string[]): Promise<string> {
  await ensureVenv();
  return execFileSync(join(venvDir, 'bin', 'python'), [join(scriptsDir, script), ...args], { encoding: 'utf8' });
}

async function ensureVenv(): Promise<void> {
  const requirements = readFileSync(join(scriptsDir, 'requirements.txt'), 'utf8');
  while (installedRequirements() !== requirements) {
    if (!takeLock()) {
      await setTimeout(200);
      continue;
    }
    try {
      makeVenv(requirements);
    } finally {
      rmdirSync(lockDir);
    }
  }
}

function installedRequirements(): string | undefined {
  try {
    return readFileSync(join(venvDir, 'installed.txt'), 'utf8');
  } catch {
    return undefined;
  }
}

function makeVenv(requirements: string): void {
  rmSync(venvDir, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', venvDir], { stdio: 'pipe' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--requirement', join(scriptsDir, 'requirements.txt')];
  execFileSync(join(venvDir, 'bin', 'python'), pip, { stdio: 'pipe' });
  writeFileSync(join(venvDir, 'installed.txt'), requirements);
}

/** A lock that a killed test run left behind goes after five minutes. */
function takeLock(): boolean {
  try {
    mkdirSync(lockDir);
    return true;
  } catch {
    const lock = statSync(lockDir, { throwIfNoEntry: false });
    if (lock !== undefined && Date.now() - lock.mtimeMs > STALE_LOCK_MS)
      rmSync(lockDir, { recursive: true, force: true });
    return false;
  }
}
