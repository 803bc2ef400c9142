/**
 * The ranking of one sweep, kept up to date for all who follow it here. The log tells which tasks completed, the store
 * has their rows: each is read once. Those who follow are told at most twice a second, and only of something new.
 */
import type { Logger } from 'pino';
import type { RankingView } from '../../../contracts/http/run-view.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { WriterProgress } from '../live/writer-progress.ts';
import type { Views } from '../store/views.ts';
import { wholePieces } from '../streams/read-pieces.ts';
import { replay } from '../streams/replay.ts';
import { Ranking } from './ranking.ts';

export interface RankingSources {
  readonly live: LiveLog;
  readonly progress: Pick<WriterProgress, 'caughtUp'>;
  readonly views: Views;
  readonly log: Logger;
}

const TELL_EVERY_MS = 500;
const PAGE = 500;

type Listener = (view: RankingView) => void;

export class RunRanking {
  readonly #runId: string;
  readonly #sources: RankingSources;
  readonly #closed = new AbortController();
  readonly #listeners = new Set<Listener>();
  /** Tasks whose rows are all counted. */
  readonly #folded = new Set<string>();
  /** Those of the look that goes on: of some the store may not have all rows yet, so its last pass reads them again. */
  #folding = new Set<string>();
  /** Tasks that completed since the last look. */
  #news = new Set<string>();
  /** Those who wait for a look at all tasks. */
  #askers: (() => void)[] = [];
  /** Null: nobody wants the run ranked. Undefined: it is not known yet. */
  #ranking: Ranking | null | undefined;
  /** As it was found in the store. */
  #stored: RankingView | undefined;
  #view: RankingView | undefined;
  #isLooking = false;
  #resting: { readonly timer: NodeJS.Timeout; readonly wake: () => void } | undefined;

  constructor(runId: string, sources: RankingSources, signal: AbortSignal) {
    this.#runId = runId;
    this.#sources = sources;
    const unfollow = sources.live.followTasksOf(runId, fact => {
      if (fact.type !== 'completed' || this.#ranking === null) return;
      this.#news.add(fact.message.taskId);
      void this.#look();
    });
    this.#closed.signal.addEventListener('abort', unfollow);
    signal.addEventListener('abort', () => this.close(), { signal: this.#closed.signal });
  }

  /** What is known now; nothing where nobody wants the run ranked. */
  get view(): RankingView | undefined {
    return this.#view;
  }

  /** Resolves when all tasks are counted that had completed at the call. */
  async exact(): Promise<void> {
    if (this.#ranking === null || (this.#view !== undefined && this.#view.done >= this.#view.sets)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#askers.push(resolve);
    this.#resting?.wake();
    void this.#look();
    await promise;
  }

  /** Returns what ends it. */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#view !== undefined) listener(this.#view);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed.abort();
    this.#resting?.wake();
    for (const resolve of this.#askers) resolve();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { signal } = this.#closed;
    while (this.#news.size + this.#askers.length > 0 && !signal.aborted) {
      const [news, askers] = [[...this.#news], this.#askers];
      this.#news = new Set();
      this.#askers = [];
      const pass = () => (askers.length > 0 ? this.#foldAll() : this.#foldThese(news));
      this.#folding = new Set();
      if (await replay(pass, { ...this.#sources, signal }))
        for (const taskId of this.#folding) this.#folded.add(taskId);
      this.#tell();
      for (const resolve of askers) resolve();
      await this.#rest();
    }
    this.#isLooking = false;
  }

  #tell(): void {
    const view = this.#stored ?? this.#ranking?.view();
    if (view === undefined || view.done === this.#view?.done) return;
    this.#view = view;
    for (const listener of this.#listeners) listener(view);
  }

  /** Whoever asks does not wait. */
  async #rest(): Promise<void> {
    if (this.#askers.length > 0) return;
    const { promise, resolve: wake } = Promise.withResolvers<void>();
    this.#resting = { wake, timer: setTimeout(wake, TELL_EVERY_MS) };
    await promise;
    clearTimeout(this.#resting.timer);
    this.#resting = undefined;
  }

  async #foldAll(): Promise<void> {
    const { rankings, tasks } = this.#sources.views;
    const known = await rankings.get(this.#runId);
    if (known !== undefined) {
      const { _id, ...view } = known;
      this.#stored = view;
      return;
    }
    const sort = { field: '_id', direction: 'ascending' } as const;
    for (let from = ''; ; ) {
      const where = { runId: this.#runId };
      const page = await tasks.find({ where, from: { field: '_id', value: from }, sort, limit: PAGE });
      await this.#foldThese(page.filter(({ state }) => state === 'completed').map(({ _id }) => _id));
      const last = page.at(-1)?._id ?? from;
      if (page.length < PAGE || last === from) return;
      from = last;
    }
  }

  async #foldThese(taskIds: readonly string[]): Promise<void> {
    const { views } = this.#sources;
    this.#ranking ??= await wantedRanking(views, this.#runId);
    const ranking = this.#ranking;
    if (ranking == null) return;
    for (const taskId of taskIds) {
      if (this.#folded.has(taskId)) continue;
      for await (const piece of wholePieces(views, taskId)) {
        if (piece.kind !== 'rows') continue;
        ranking.add(taskId, piece.from, piece.rows);
        this.#folding.add(taskId);
      }
    }
    if (ranking.isComplete) await views.rankings.insertIfAbsent({ _id: this.#runId, ...ranking.view() });
  }
}

async function wantedRanking({ submissions }: Views, runId: string): Promise<Ranking | null | undefined> {
  const spec = (await submissions.get(runId))?.spec;
  if (spec === undefined) return undefined;
  return spec.kind === 'sweep' && spec.objective !== undefined ? new Ranking(spec.sets, spec.objective) : null;
}
