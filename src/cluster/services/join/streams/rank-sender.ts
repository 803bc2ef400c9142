/** Sends a sweep's ranking to the reader of its run: at most twice a second, once more at the end, never the same. */
import type { RankingView } from '../../../contracts/http/run-view.ts';
import type { EventChannel } from '../http/event-channel.ts';
import type { Rankings } from '../ranks/rankings.ts';

export class RankSender {
  readonly #rankings: Rankings;
  readonly #runId: string;
  readonly #channel: EventChannel;
  #used: ReturnType<Rankings['use']> | undefined;
  #done = 0;

  constructor(rankings: Rankings, runId: string, channel: EventChannel) {
    this.#rankings = rankings;
    this.#runId = runId;
    this.#channel = channel;
  }

  /** Any number of times. */
  begin(): void {
    if (this.#used !== undefined) return;
    const used = this.#rankings.use(this.#runId);
    this.#used = used;
    const unfollow = used.ranking.follow(view => this.#send(view));
    this.#channel.closed.addEventListener('abort', () => {
      unfollow();
      used[Symbol.dispose]();
    });
    void used.ranking.exact();
  }

  /** Resolves when the reader has the last one, if it was begun. */
  async end(): Promise<void> {
    await this.#used?.ranking.exact();
    if (this.#used?.ranking.view !== undefined) this.#send(this.#used.ranking.view);
  }

  #send(view: RankingView): void {
    if (view.done <= this.#done) return;
    this.#done = view.done;
    this.#channel.send({ event: 'rank', data: JSON.stringify(view) });
  }
}
