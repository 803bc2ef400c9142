/** Builds an image from files of this machine, put together in a folder that is gone afterwards. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Recipe {
  readonly tag: string;
  readonly dockerfile: string;
  /** By name. */
  readonly buildArguments?: Readonly<Record<string, string>>;
  /** What `COPY` finds. */
  readonly files: readonly (readonly [from: string, to: string])[];
}

export function buildImage({ tag, dockerfile, buildArguments = {}, files }: Recipe): void {
  inTemporaryDir(dir => {
    for (const [from, to] of files) {
      mkdirSync(dirname(join(dir, to)), { recursive: true });
      cpSync(from, join(dir, to), { recursive: true, dereference: true });
    }
    const named = Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    run('docker', ['build', '--tag', tag, ...named, '--file', '-', dir], dockerfile);
  });
}

/** What it says goes to stderr. Throws where it fails. */
export function run(program: string, args: readonly string[], input = ''): void {
  const { status, error } = spawnSync(program, args, { input, stdio: ['pipe', 2, 2] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}`);
}

export function inTemporaryDir(work: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'gobool-images-'));
  try {
    work(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
