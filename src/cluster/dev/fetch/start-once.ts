/** A fetched program must start on this machine: a library that is missing shows here, with its name. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { lastLines } from './client-failure.ts';
import type { FetchContext } from './fetch-context.ts';
import { runClient } from './package-client.ts';

export async function startOnce(program: string, name: string, context: FetchContext): Promise<void> {
  const { failure, output } = await runClient({ program, args: ['--version'], cwd: '/' }, context);
  if (failure === undefined) return;
  throw new GoboolError('GB_ENGINE_UNUSABLE', `The fetched ${name} does not start on this machine (${failure}).`, {
    problems: lastLines(output),
  });
}
