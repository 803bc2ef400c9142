/**
 * Runs the built program as a user does: a process of its own, in a folder of its own, without the tester's settings.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
export const PROGRAM = join(REPOSITORY, 'bin/gobool.js');

export interface CliOptions {
  /** Default: the repository. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

/** Never rejects because of an exit code. */
export async function gobool(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { stdout, stderr, exitCode } = await startGobool(args, options);
  return { stdout, stderr, exitCode };
}

export function startGobool(args: readonly string[], { cwd = REPOSITORY, env = {} }: CliOptions = {}) {
  return execa(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      XDG_CONFIG_HOME: '/nonexistent',
      XDG_CACHE_HOME: join(tmpdir(), 'gobool-tests'),
      ...env,
    },
    extendEnv: false,
    reject: false,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the document holds
export type Json = any;

/** The one document that `--json` prints. Fails where stdout holds anything else. */
export function document({ stdout }: { readonly stdout: string }): Json {
  return JSON.parse(stdout);
}

/** An empty folder that is removed when the test ends, with the files given by path. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gobool-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
