/**
 * A fetch on a machine that a test furnishes: an empty cache, and a PATH with nothing but the programs it puts there.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FetchProgress } from '../../src/cluster/dev/driver.ts';
import type { FetchContext } from '../../src/cluster/dev/fetch/fetch-context.ts';
import { temporaryDir } from './temporary-dir.ts';

export interface TestMachine {
  readonly context: FetchContext;
  /** Where the programs of PATH lie. */
  readonly binDir: string;
  readonly steps: readonly string[];
  readonly abort: (reason: Error) => void;
}

export function testMachine(env: Readonly<Record<string, string>> = {}): TestMachine {
  const folder = temporaryDir();
  const binDir = join(folder, 'bin');
  const steps: string[] = [];
  const controller = new AbortController();
  const context: FetchContext = {
    env: { PATH: binDir, HOME: folder, ...env },
    cacheDir: join(folder, 'cache'),
    onProgress: ({ step }: FetchProgress) => steps.push(step),
    signal: controller.signal,
  };
  return { context, binDir, steps, abort: reason => controller.abort(reason) };
}

/** A shell script; PATH inside it is the system's. Returns its path. */
export function script(path: string, ...lines: readonly string[]): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ['#!/bin/sh', 'PATH=/usr/bin:/bin', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}

/** A Java home with a `java` of that version; without `javac` unless its lines are given. */
export function javaHome(home: string, version: string, javac?: readonly string[]): string {
  script(join(home, 'bin', 'java'), `echo 'openjdk version "${version}" 2026-01-01' >&2`);
  if (javac !== undefined) script(join(home, 'bin', 'javac'), ...javac);
  return home;
}
