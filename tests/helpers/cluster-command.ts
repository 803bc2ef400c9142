/** `gobool cluster ...` as a user runs it, with the machine's own cache of engines. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type CliResult, gobool } from './cli.ts';

export function clusterCommand(
  projectDir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const XDG_CACHE_HOME = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return gobool(['cluster', ...args], { cwd: projectDir, env: { HOME: homedir(), XDG_CACHE_HOME, ...env } });
}
