/** The rankings that somebody wants here, each kept for a while after the last one who did. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RankingView } from '../../../contracts/http/run-view.ts';
import { type RankingSources, RunRanking } from './run-ranking.ts';

/** How long one who asks waits for a long sweep to be counted: then it is told how far that is. */
const PATIENCE_MS = 1_000;
const KEPT_MS = 30_000;

interface Entry {
  readonly ranking: RunRanking;
  users: number;
  leaving?: NodeJS.Timeout;
}

export class Rankings {
  readonly #sources: RankingSources;
  readonly #signal: AbortSignal;
  readonly #entries = new Map<string, Entry>();

  constructor(sources: RankingSources, signal: AbortSignal) {
    this.#sources = sources;
    this.#signal = signal;
  }

  /** As of now; nothing where nobody wants the run ranked. */
  async current(runId: string): Promise<RankingView | undefined> {
    using used = this.use(runId);
    await Promise.race([used.ranking.exact(), pause(PATIENCE_MS)]);
    return used.ranking.view;
  }

  use(runId: string): Disposable & { readonly ranking: RunRanking } {
    const entry = this.#entries.get(runId) ?? this.#open(runId);
    clearTimeout(entry.leaving);
    entry.users++;
    return {
      ranking: entry.ranking,
      [Symbol.dispose]: () => {
        if (--entry.users === 0) entry.leaving = setTimeout(() => this.#drop(runId, entry), KEPT_MS).unref();
      },
    };
  }

  #open(runId: string): Entry {
    const entry: Entry = { ranking: new RunRanking(runId, this.#sources, this.#signal), users: 0 };
    this.#entries.set(runId, entry);
    return entry;
  }

  #drop(runId: string, { ranking }: Entry): void {
    ranking.close();
    this.#entries.delete(runId);
  }
}
