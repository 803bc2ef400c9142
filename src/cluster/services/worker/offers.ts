/**
 * A worker's place in etcd, `workers/<worker id>`, under its lease: which slot may be filled. Only the latest offer
 * counts; one that etcd could not take is written when it is back.
 */
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import type { Lease } from '../../ports/leases.ts';
import { ETCD_KEYS } from '../../schema/etcd-layout.ts';
import { type Waiting, waitOut } from '../common/engines-away.ts';

export interface OffersOptions extends Waiting {
  readonly lease: Lease;
  readonly worker: Omit<WorkerOffer, keyof Offered>;
  readonly onOffer: (offer: WorkerOffer) => void;
  /** Told when the lease takes nothing more. */
  readonly fail: (error: unknown) => void;
}

type Offered = Pick<WorkerOffer, 'slot' | 'free' | 'taskId'>;

export class Offers {
  readonly #options: OffersOptions;
  #latest: Offered | undefined;
  /** What etcd does not have yet. */
  #wanted: Offered | undefined;
  #writing: Promise<void> | undefined;

  constructor(options: OffersOptions) {
    this.#options = options;
  }

  show(offered: Offered): void {
    this.#latest = offered;
    this.#wanted = offered;
    this.#options.onOffer(this.#offer(offered));
    this.#writing ??= this.#write().catch(this.#options.fail);
  }

  /** What was offered is free no more. */
  withdraw(): void {
    if (this.#latest !== undefined) this.show({ ...this.#latest, free: false });
  }

  async #write(): Promise<void> {
    while (this.#wanted !== undefined) await waitOut('offer a slot', () => this.#put(), this.#options);
    this.#writing = undefined;
  }

  async #put(): Promise<void> {
    const offered = this.#wanted;
    if (offered === undefined) return;
    await this.#options.lease.put(ETCD_KEYS.workers + this.#options.worker.workerId, this.#offer(offered));
    if (this.#wanted === offered) this.#wanted = undefined;
  }

  #offer(offered: Offered): WorkerOffer {
    return { ...this.#options.worker, ...offered };
  }
}
