/**
 * What was accepted may be in the log, and not in the store yet. So what is not found is looked for again once the
 * writers have come as far as the log was at the question: then it is sure that there is none.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { StreamSources } from '../streams/follow-task.ts';

const PATIENCE_MS = 1_500;

/** What `find` finds. Throws `GB_RUN_UNKNOWN`, `GB_SERVICE_AWAY`. */
export async function knownRun<T>(
  { progress }: Pick<StreamSources, 'progress'>,
  runId: string,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const known = await find();
  if (known !== undefined) return known;
  const isStored = progress.caughtUp().then(() => true);
  const isSure = await Promise.race([isStored, pause(PATIENCE_MS, false)]);
  const now = await find();
  if (now !== undefined) return now;
  if (isSure) throw new GoboolError('GB_RUN_UNKNOWN', `No run ${runId} was accepted.`);
  throw new GoboolError('GB_SERVICE_AWAY', 'What the cluster knows of its runs is behind the log.');
}
