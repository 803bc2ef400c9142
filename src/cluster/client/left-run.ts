import { GoboolError } from '../../runtime/base/error.ts';

/** How a command ends that leaves its run to the cluster: the run goes on. */
export class LeftRun extends GoboolError {
  readonly runId: string;

  constructor(runId: string) {
    const hint = `\`gobool run tail ${runId}\` shows it and keeps its result, \`gobool run cancel ${runId}\` ends it.`;
    super('GB_RUN_LEFT', `The cluster goes on with ${runId}.`, { hint });
    this.runId = runId;
  }
}
