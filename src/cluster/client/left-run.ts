import { GoboolError } from '../../runtime/base/error.ts';

/** How a command ends that leaves its run to the cluster: the run goes on. */
export class LeftRun extends GoboolError {
  readonly runId: string;

  constructor(runId: string) {
    const hint = `\`gobool run tail ${runId}\` shows it, \`gobool run cancel ${runId}\` ends it.`;
    super('GB_RUN_LEFT', `Run ${runId} goes on on the cluster.`, { hint });
    this.runId = runId;
  }
}
