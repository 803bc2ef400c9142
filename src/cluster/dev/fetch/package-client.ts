/** Runs a program that fetches or makes something, in a process group of its own, which ends with the signal. */
import { execa } from 'execa';
import type { FetchContext } from './fetch-context.ts';

export interface ClientRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** On top of the context's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Every line of stdout and stderr. */
  readonly onLine?: (line: string) => void;
}

export interface ClientResult {
  /** `exit 1`, `SIGKILL`, `not started: ENOEXEC`; undefined after success. */
  readonly failure: string | undefined;
  /** Lines of stdout and stderr. */
  readonly output: readonly string[];
}

/** Throws only the signal's reason. */
export async function runClient(run: ClientRun, { env, signal }: FetchContext): Promise<ClientResult> {
  signal.throwIfAborted();
  const child = execa(run.program, run.args, {
    cwd: run.cwd,
    env: { ...env, ...run.env },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    detached: true,
  });
  const endGroup = () => endProcessGroup(child.pid);
  signal.addEventListener('abort', endGroup);
  process.once('exit', endGroup);
  try {
    const output: string[] = [];
    for await (const line of child.iterable({ from: 'all' })) {
      output.push(line);
      run.onLine?.(line);
    }
    const { exitCode, signal: killedBy, code, failed } = await child;
    signal.throwIfAborted();
    const exit = exitCode === undefined ? `not started: ${code}` : `exit ${exitCode}`;
    return { failure: failed ? (killedBy ?? exit) : undefined, output };
  } finally {
    signal.removeEventListener('abort', endGroup);
    process.off('exit', endGroup);
  }
}

function endProcessGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
