/** Runs a command of Docker's and tells its lines as they come. */
import { execa } from 'execa';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { Environment } from './images.ts';

export interface DockerCommand {
  readonly command: readonly [string, ...string[]];
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const LINES_SHOWN = 8;

/** Throws `failure` with the last lines that the command wrote, or the signal's reason. */
export async function runDocker(run: DockerCommand, { code, message, hint }: Failure): Promise<void> {
  const [program, ...args] = run.command;
  const child = execa(program, args, {
    env: { ...run.env },
    extendEnv: false,
    cancelSignal: run.signal,
    all: true,
    reject: false,
  });
  const lines: string[] = [];
  for await (const line of child.iterable({ from: 'all' })) {
    run.onLine?.(line);
    lines.push(line);
    if (lines.length > LINES_SHOWN) lines.shift();
  }
  const { failed, shortMessage } = await child;
  run.signal.throwIfAborted();
  if (!failed) return;
  const problems = lines.length > 0 ? lines : [shortMessage ?? ''];
  throw new GoboolError(code, message, { problems, ...(hint !== undefined && { hint }) });
}
