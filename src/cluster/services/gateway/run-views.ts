/**
 * What the cluster shows of a run. Join says "unknown" only when it has read everything that was accepted before it was
 * asked; until it has come so far, the gateway that accepted a run speaks for it.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { JoinReplicas } from './join-replicas.ts';
import type { Caller } from './key-ring.ts';

/** The fields on which the gateway itself relies; the rest is join's. */
export interface RunView {
  readonly runId: string;
  readonly keyId: string;
}

/** The last ones only: join knows older ones. */
const REMEMBERED = 10_000;

export class RunViews {
  readonly #joins: JoinReplicas;
  readonly #accepted = new Map<string, RunView>();

  constructor(joins: JoinReplicas) {
    this.#joins = joins;
  }

  accept(view: RunView): void {
    this.#accepted.set(view.runId, view);
    const [oldest] = this.#accepted.keys();
    if (this.#accepted.size > REMEMBERED && oldest !== undefined) this.#accepted.delete(oldest);
  }

  /** Throws `GB_RUN_UNKNOWN`, also where it is another key's; `GB_SERVICE_AWAY`. */
  async view(runId: string, caller: Caller, correlationId: string): Promise<RunView> {
    const answer = await this.#joins.ask(`/runs/${runId}`, { 'x-correlation-id': correlationId });
    const view = (answer as RunView | undefined) ?? this.#accepted.get(runId);
    if (view === undefined || !isOwn(view, caller)) throw unknownRun(runId);
    return view;
  }

  /** The key of the run, as `view` finds it; but where this gateway accepted the run itself, join is not asked. */
  async ownerOf(runId: string, caller: Caller, correlationId: string): Promise<string> {
    const accepted = this.#accepted.get(runId);
    const isKnown = accepted !== undefined && isOwn(accepted, caller);
    const { keyId } = isKnown ? accepted : await this.view(runId, caller, correlationId);
    return keyId;
  }
}

const isOwn = ({ keyId }: RunView, caller: Caller) => keyId === caller.keyId || caller.scopes.includes('admin');

export const unknownRun = (runId: string) =>
  new GoboolError('GB_RUN_UNKNOWN', `There is no run ${runId} that this key may see.`);
