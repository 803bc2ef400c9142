/**
 * What gobool is compared with and does not depend on: the npm libraries of bench/package.json, and TA-Lib for Python.
 * Installed beside bench/ when a measurement needs them. What cannot be installed is skipped, and said.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const at = (name: string): string => new URL(`../${name}`, import.meta.url).pathname;

/** The package.json beside which the libraries lie; undefined where they cannot be installed. */
export function npmRivals(): string | undefined {
  const args = ['install', '--prefix', at(''), '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  return tried('The npm libraries', () => {
    execFileSync('npm', args, { stdio: 'pipe' });
    return at('package.json');
  });
}

/** A Python that has TA-Lib; undefined where there is none. */
export function talibPython(): string | undefined {
  const python = at('.venv/bin/python');
  return tried('TA-Lib for Python', () => {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', at('.venv')], { stdio: 'pipe' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', at('requirements.txt')], { stdio: 'pipe' });
    return python;
  });
}

function tried(what: string, install: () => string): string | undefined {
  try {
    return install();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    console.error(`${what} cannot be installed here, so nothing is compared with them: ${reason}`);
    return undefined;
  }
}
