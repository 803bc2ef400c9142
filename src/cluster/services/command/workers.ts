/** The workers that exist, and what they offer, as etcd tells; kept in memory. */
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import type { ObjectStore } from '../../ports/objects.ts';

/** An offer of an unknown shape is undefined. */
export type OfferStore = Pick<ObjectStore<WorkerOffer | undefined>, 'list' | 'watch'>;

export class Workers {
  readonly #offers = new Map<string, WorkerOffer>();
  readonly #store: OfferStore;
  readonly #onChange: () => void;

  constructor(store: OfferStore, onChange: () => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  async watch(signal: AbortSignal): Promise<void> {
    for await (const { key, object } of this.#store.watch('', signal)) {
      if (object?.value === undefined) this.#offers.delete(key);
      else this.#offers.set(key, object.value);
      this.#onChange();
    }
  }

  idle(): readonly WorkerOffer[] {
    return [...this.#offers.values()].filter(({ free }) => free);
  }

  offerOf(workerId: string): WorkerOffer | undefined {
    return this.#offers.get(workerId);
  }

  /** Asks etcd itself. Throws `GB_ETCD_UNAVAILABLE`. */
  async alive(): Promise<ReadonlySet<string>> {
    return new Set((await this.#store.list()).map(({ key }) => key));
  }
}
