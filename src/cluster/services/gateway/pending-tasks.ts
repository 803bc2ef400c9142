/**
 * How many tasks of each key are accepted and not over, so that nobody fills the queue of all. Command knows, and is
 * asked once a second at most; what this gateway accepts meanwhile is added. While command is away only that is added
 * up: work is taken in still.
 * Limitation: what command has not read of Kafka yet when it is asked, and what other gateways accept, counts a second
 * later.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { RunSpec } from '../../contracts/run-spec.ts';
import type { Replicas } from './replicas.ts';
import { soon } from './soon.ts';

const ASK_AGAIN_MS = 1_000;
/** A command that is frozen delays one submission a second so long. */
const PATIENCE_MS = 300;

interface Pending {
  known: number;
  /** Accepted since what is known was asked for. */
  added: number;
  askedAtMs: number;
  asking?: Promise<void> | undefined;
}

export class PendingTasks {
  readonly #commands: Pick<Replicas, 'ask'>;
  readonly #limit: number;
  readonly #ofKey = new Map<string, Pending>();

  constructor(commands: Pick<Replicas, 'ask'>, limit: number) {
    this.#commands = commands;
    this.#limit = limit;
  }

  /** So many more of the key. Throws `GB_PENDING_LIMIT`. */
  async add(keyId: string, tasks: number): Promise<void> {
    const pending = this.#ofKey.get(keyId) ?? { known: 0, added: 0, askedAtMs: Number.NEGATIVE_INFINITY };
    this.#ofKey.set(keyId, pending);
    this.#refresh(keyId, pending);
    if (pending.asking !== undefined) await soon(pending.asking, PATIENCE_MS);
    const present = pending.known + pending.added;
    if (present + tasks > this.#limit) {
      const had = `Key ${keyId} has ${present} tasks that are not over, of ${this.#limit} at most`;
      throw new GoboolError('GB_PENDING_LIMIT', `${had}; this run has ${tasks}.`);
    }
    pending.added += tasks;
  }

  #refresh(keyId: string, pending: Pending): void {
    const nowMs = performance.now();
    if (pending.asking !== undefined || nowMs - pending.askedAtMs < ASK_AGAIN_MS) return;
    pending.askedAtMs = nowMs;
    pending.asking = this.#ask(keyId, pending).finally(() => {
      pending.asking = undefined;
    });
  }

  async #ask(keyId: string, pending: Pending): Promise<void> {
    const before = pending.added;
    const answer = (await this.#commands.ask(`/pending/${keyId}`, {})) as { readonly tasks: number } | undefined;
    if (answer === undefined) return;
    pending.known = answer.tasks;
    pending.added -= before;
  }
}

/** As command will cut it. */
export const tasksOf = (spec: RunSpec): number => (spec.kind === 'sweep' ? Math.ceil(spec.sets / spec.sliceSets) : 1);
