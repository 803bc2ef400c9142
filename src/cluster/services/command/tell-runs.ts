/** The log's line of a run that is over, in its trace: the whole time from its submission. */
import type { Logger } from 'pino';
import { nextSpan } from '../common/trace.ts';
import { isFinal } from './run/run.ts';
import { type Changes, SAVED } from './store/changes.ts';

export function tellRuns(log: Logger): void {
  SAVED.subscribe(message => {
    const { runs, nowMs } = message as Changes;
    for (const { id: runId, before, now } of runs.prolonged()) {
      if (before === undefined || isFinal(before) || !isFinal(now)) continue;
      const { state, completed, submittedMs } = now;
      log.info({ ...nextSpan(now), runId, state, completed, durationMs: nowMs - submittedMs }, 'run over');
    }
  });
}
