/**
 * The queue as command has it. Whoever asks at about the same time shares one question, so that many who look at their
 * runs cost no more than one.
 */
import type { QueueView } from '../../contracts/http/queue-view.ts';
import type { RunView } from '../../contracts/http/run-view.ts';
import type { Replicas } from './replicas.ts';
import { soon } from './soon.ts';

export const QUEUE_MAX = 1_000;
const SHARED_MS = 200;
/** For the position of a run, which its view has too, if an older one. */
const PATIENCE_MS = 300;

export class QueueViews {
  readonly #commands: Pick<Replicas, 'ask'>;
  #latest: { readonly atMs: number; readonly view: Promise<QueueView> } | undefined;

  constructor(commands: Pick<Replicas, 'ask'>) {
    this.#commands = commands;
  }

  /** Its first thousand runs, as they were a moment ago at most. Throws `GB_SERVICE_AWAY`. */
  view(): Promise<QueueView> {
    const nowMs = performance.now();
    if (this.#latest === undefined || nowMs - this.#latest.atMs > SHARED_MS) {
      const view = this.#commands.ask(`/queue?limit=${QUEUE_MAX}`, {}) as Promise<QueueView>;
      this.#latest = { atMs: nowMs, view };
    }
    return this.#latest.view;
  }

  /** The run with its position now. Others move, so the one that it was told when it changed last may be old. */
  async placed(run: RunView): Promise<RunView> {
    if (run.position === null) return run;
    const queue = await soon(this.view(), PATIENCE_MS);
    const entry = queue?.entries.find(({ runId }) => runId === run.runId);
    return entry === undefined ? run : { ...run, position: entry.position };
  }
}
