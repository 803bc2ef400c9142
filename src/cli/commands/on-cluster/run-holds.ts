/**
 * The run that a command is about, among those that it submits: it is watched, outlives the command, and what is needed
 * to finish its record later is kept before anybody waits for it. Whatever else the command submits dies with it.
 */
import type { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import { LeftRun } from '../../../cluster/client/left-run.ts';
import { sharedInputOf } from '../../../cluster/client/run-alone.ts';
import type { BegunRun, RunHold } from '../../../cluster/client/submitted-run.ts';
import type { CommandContext } from '../../context.ts';
import type { Reply } from '../../output/reply.ts';
import { keepClusterRun } from './kept-runs.ts';
import { leftReply } from './left-reply.ts';
import { type PlannedRun, subjectOf } from './planned-run.ts';
import { type RunWatch, watchRun } from './run-watch.ts';

export interface HoldOptions {
  /** Nobody waits for the run. */
  readonly isDetached: boolean;
  /** Whether the project keeps the run. */
  readonly keep: boolean;
}

export class RunHolds {
  readonly #context: CommandContext;
  readonly #desk: ClusterDesk;
  readonly #options: HoldOptions;
  #planned: PlannedRun | undefined;
  #runId: string | undefined;
  #watch: RunWatch | undefined;

  constructor(context: CommandContext, desk: ClusterDesk, options: HoldOptions) {
    this.#context = context;
    this.#desk = desk;
    this.#options = options;
  }

  /** The next run of its kind that is submitted is the one. */
  plan(run: PlannedRun): void {
    this.#planned = run;
  }

  /** As `RunCall` asks for it. */
  readonly begin = (run: BegunRun): RunHold | undefined => {
    const planned = this.#planned;
    if (planned === undefined || planned.kind !== run.spec.kind) return undefined;
    this.#planned = undefined;
    this.#runId = run.runId;
    if (this.#options.keep) keepPlanned(this.#context.projectDir, planned, run);
    if (this.#options.isDetached) return { observe: () => {}, leave: AbortSignal.abort(), isPatient: false };
    const options = { desk: this.#desk, isTail: false };
    this.#watch = watchRun(subjectOf(planned, run.runId, run.name), this.#context.out, options);
    return this.#watch;
  };

  /** The result is in the project's store, under this id. */
  landed(id: string): void {
    if (this.#runId !== undefined && this.#options.keep)
      keepClusterRun(this.#context.projectDir, this.#runId, { kind: 'landed', id });
  }

  /** The command's answer, or that it has left its run. */
  async during(answer: () => Promise<Reply>): Promise<Reply> {
    try {
      return await answer();
    } catch (error) {
      if (!(error instanceof LeftRun)) throw error;
      this.#watch?.close();
      return leftReply(error, this.#watch?.summary(), this.#context);
    } finally {
      this.#watch?.close();
    }
  }
}

function keepPlanned(projectDir: string, planned: PlannedRun, { runId, spec, map, artifacts }: BegunRun): void {
  if (planned.kind === 'run') keepClusterRun(projectDir, runId, { ...planned, map });
  else if (spec.kind === 'sweep')
    keepClusterRun(projectDir, runId, { ...planned, map, spec, shared: sharedInputOf(spec, artifacts) });
}
