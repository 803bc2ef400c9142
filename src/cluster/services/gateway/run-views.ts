/**
 * What the cluster shows of a run. Join says "unknown" only when it has read everything that was accepted before it was
 * asked; until it has come so far, the gateway that accepted a run speaks for it.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { RunSummaryView, RunView } from '../../contracts/http/run-view.ts';
import { type Caller, isAdmin } from './key-ring.ts';
import type { Replicas } from './replicas.ts';
import type { RunOrigins } from './run-origins.ts';

/** The last ones only: join knows older ones. */
const REMEMBERED = 10_000;

export class RunViews {
  readonly #joins: Replicas;
  readonly #origins: RunOrigins;
  readonly #accepted = new Map<string, RunSummaryView>();

  constructor(joins: Replicas, origins: RunOrigins) {
    this.#joins = joins;
    this.#origins = origins;
  }

  accept(view: RunSummaryView): void {
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

  /**
   * As `ownerOf`, for a message to command. While join is away, command itself is asked; what neither can tell is taken
   * for the caller's own, whose key command compares. Of an admin it would be ignored then, so he hears
   * `GB_SERVICE_AWAY`.
   */
  async keyFor(runId: string, caller: Caller, correlationId: string): Promise<string> {
    // At the same time: nobody waits for two services in turn.
    const origin = this.#origins.find(runId, correlationId);
    try {
      return await this.ownerOf(runId, caller, correlationId);
    } catch (error) {
      if (!(error instanceof GoboolError && error.code === 'GB_SERVICE_AWAY')) throw error;
      const known = await origin;
      if (known !== undefined && !isOwn(known, caller)) throw unknownRun(runId);
      if (known === undefined && isAdmin(caller)) throw error;
      return known?.keyId ?? caller.keyId;
    }
  }
}

const isOwn = ({ keyId }: { readonly keyId: string }, caller: Caller) => keyId === caller.keyId || isAdmin(caller);

export const unknownRun = (runId: string) =>
  new GoboolError('GB_RUN_UNKNOWN', `There is no run ${runId} that this key may see.`);
