/** Programs of this machine: where they are, and which version they are. */
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import type { FetchContext } from './fetch-context.ts';
import { runClient } from './package-client.ts';

/** Real paths of every program of that name on PATH, first come first. */
export const onPath = (name: string, { env }: FetchContext): readonly string[] => [
  ...new Set(
    (env.PATH ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .map(folder => join(folder, name))
      .filter(isProgram)
      .map(path => realpathSync(path)),
  ),
];

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * What `pattern` captures in the output of `program args`; undefined when the program fails or says something else.
 * Asking takes up to a second (java), so answers are kept, by path, size and time of the program.
 */
export async function versionOf(
  program: string,
  args: readonly string[],
  pattern: RegExp,
  context: FetchContext,
): Promise<string | undefined> {
  const { size, mtimeMs } = statSync(program);
  const question = JSON.stringify([program, size, mtimeMs, args]);
  const digest = createHash('sha256').update(question).digest('hex').slice(0, 16);
  const answerFile = join(context.cacheDir, 'versions', digest);
  const known = readAnswer(answerFile);
  if (known !== undefined) return known;
  const version = await ask(program, args, pattern, context);
  if (version !== undefined) keepAnswer(answerFile, version);
  return version;
}

async function ask(program: string, args: readonly string[], pattern: RegExp, context: FetchContext) {
  const { failure, output } = await runClient({ program, args, cwd: '/' }, context);
  return failure === undefined ? pattern.exec(output.join('\n'))?.[1] : undefined;
}

function readAnswer(path: string): string | undefined {
  try {
    return /^\d+(?:\.\d+)*$/.exec(readFileSync(path, 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}

function keepAnswer(path: string, version: string): void {
  try {
    writeFileAtomic(path, [Buffer.from(version)]);
  } catch {
    // Without a writable cache it is asked each time.
  }
}

/** Whether `15.18` is at least `14`; compares numbers, one after the other. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [have, want] = [version, minimum].map(text => text.split('.').map(Number));
  for (const [i, part] of (want ?? []).entries()) {
    const difference = (have?.[i] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
