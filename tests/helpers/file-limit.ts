/** A process whose files may not grow beyond a size: its writes stop half way, as on a full disk. */
import { execa } from 'execa';
import { type CliResult, PROGRAM } from './cli.ts';

export async function goboolWithFileLimit(kilobytes: number, args: readonly string[], cwd: string): Promise<CliResult> {
  const script = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
  const { stdout, stderr, exitCode } = await execa('bash', ['-c', script, process.execPath, PROGRAM, ...args], {
    cwd,
    reject: false,
  });
  return { stdout, stderr, exitCode };
}
