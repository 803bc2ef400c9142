/**
 * What a watched run looks like, folded from its events. It is plain mutable state outside of React: thousands of
 * events a second cost little, and whoever draws takes a snapshot a few times a second. Rows are never changed but
 * replaced, so a snapshot stays as it was. Everything that could grow without end is a ring or a thinned curve.
 */

import type { Claim, RunEvent, RunNow, TaskEnd, TaskEvent } from '../../../cluster/client/run-event.ts';
import type { CaseView } from '../../../cluster/contracts/http/case-view.ts';
import type { RankingView } from '../../../cluster/contracts/http/run-view.ts';
import type { Piece } from '../../../cluster/contracts/piece.ts';
import type { SweepObjective } from '../../../runtime/sweep/sweep-result.ts';
import { EquityFold, type EquityNow } from './equity-fold.ts';
import { RankingFold } from './ranking-fold.ts';
import { type SeenTrade, TradeFold } from './trade-fold.ts';

/** What is known of a run before its first event. */
export interface TailSubject {
  readonly runId: string;
  readonly name: string;
  readonly kind: string;
  /** Ids of its products, in the order in which fills number them; without them products have numbers. */
  readonly products?: readonly string[];
  /** Of a sweep. */
  readonly sets?: number;
  readonly objective?: SweepObjective;
  /** The parameters of a sweep's set, by its index in the run. */
  readonly labelOf?: (index: number) => string;
}

export interface TaskRow {
  /** Its number in the run. */
  readonly n: number;
  readonly state: 'waiting' | 'running' | TaskEnd['state'];
  readonly step: number;
  /** 0: not told yet. */
  readonly steps: number;
  readonly pieces: number;
  /** One for each attempt that was heard of; the last one has the task. */
  readonly claims: readonly Claim[];
  /** When it was first heard of, and when it was over; epoch milliseconds. */
  readonly sinceMs: number;
  readonly endMs?: number;
  readonly end?: TaskEnd;
}

export interface TailSnapshot {
  readonly subject: TailSubject;
  readonly sinceMs: number;
  /** Undefined until the cluster has said something. */
  readonly run: RunNow | undefined;
  /** Of the error hospital, that a run in it waits for. */
  readonly cases: readonly CaseView[];
  readonly tasks: readonly TaskRow[];
  readonly equity: EquityNow | undefined;
  /** The newest first. */
  readonly trades: readonly SeenTrade[];
  readonly tradeCount: number;
  readonly fills: number;
  readonly ranking: RankingView | undefined;
  /** Events so far. */
  readonly events: number;
  /** From a change on the cluster until it was heard here; undefined until one was seen to happen. */
  readonly lagMs: number | undefined;
  readonly heardMs: number;
  readonly reconnects: number;
  readonly dropped: number;
}

const TRADES_SHOWN = 50;

export class TailState {
  readonly subject: TailSubject;
  readonly #sinceMs: number;
  readonly #tasks = new Map<number, TaskRow>();
  readonly #equity = new EquityFold();
  readonly #trades = new TradeFold();
  readonly #rows: RankingFold | undefined;
  #run: RunNow | undefined;
  #cases: readonly CaseView[] = [];
  #told: RankingView | undefined;
  #events = 0;
  #lagMs: number | undefined;
  #heardMs: number;
  #reconnects = 0;
  #dropped = 0;

  /** `nowMs`: wall clock, epoch milliseconds. */
  constructor(subject: TailSubject, nowMs: number) {
    this.subject = subject;
    this.#sinceMs = nowMs;
    this.#heardMs = nowMs;
    const { objective, sets } = subject;
    if (objective !== undefined && sets !== undefined) this.#rows = new RankingFold(objective, sets);
  }

  take(event: RunEvent, nowMs: number): void {
    this.#events++;
    this.#heardMs = nowMs;
    switch (event.type) {
      case 'run':
        this.#run = event.run;
        // What had happened before anybody watched was not late.
        if (event.run.atMs >= this.#sinceMs) this.#lagMs = Math.max(0, nowMs - event.run.atMs);
        return;
      case 'rank':
        this.#told = event.ranking;
        return;
      case 'reconnect':
        this.#reconnects++;
        return;
      default:
        this.#takeTask(Number(event.taskId.slice(event.taskId.lastIndexOf('-') + 1)), event, nowMs);
    }
  }

  takeCases(cases: readonly CaseView[]): void {
    this.#cases = cases;
  }

  get isQueued(): boolean {
    return this.#run?.state === 'queued';
  }

  /** Nothing has happened to the run; others went ahead of it, or are done. */
  takePlace(position: number | null): void {
    if (this.#run?.state === 'queued') this.#run = { ...this.#run, position };
  }

  get snapshot(): TailSnapshot {
    return {
      subject: this.subject,
      sinceMs: this.#sinceMs,
      run: this.#run,
      cases: this.#run?.state === 'hospital' ? this.#cases : [],
      tasks: [...this.#tasks.values()].sort((a, b) => a.n - b.n),
      equity: this.#equity.now,
      trades: this.#trades.trades.latest(TRADES_SHOWN),
      tradeCount: this.#trades.trades.count,
      fills: this.#trades.fills,
      ranking: this.#told ?? this.#rows?.view,
      events: this.#events,
      lagMs: this.#lagMs,
      heardMs: this.#heardMs,
      reconnects: this.#reconnects,
      dropped: this.#dropped,
    };
  }

  #takeTask(n: number, event: TaskEvent & { readonly taskId: string }, nowMs: number): void {
    const row = this.#tasks.get(n) ?? { n, state: 'waiting', ...NOTHING_DONE, claims: [], sinceMs: nowMs };
    switch (event.type) {
      case 'claimed':
        this.#tasks.set(n, claimed(row, event.claim));
        return;
      case 'progress':
        this.#tasks.set(n, { ...row, state: 'running', step: event.step, steps: event.steps });
        return;
      case 'piece':
        if (event.piece !== undefined) this.#takePiece(event.taskId, event.piece);
        this.#tasks.set(n, { ...row, state: 'running', pieces: event.seq + 1 });
        return;
      case 'end':
        this.#tasks.set(n, { ...row, state: event.end.state, end: event.end, endMs: nowMs });
        return;
      case 'dropped':
        this.#dropped++;
    }
  }

  #takePiece(taskId: string, piece: Piece): void {
    if (piece.kind === 'rows') this.#rows?.add(taskId, piece.from, piece.rows);
    if (piece.kind !== 'chunk') return;
    this.#equity.add(piece.chunk);
    this.#trades.add(piece.chunk.fills);
  }
}

const NOTHING_DONE = { step: 0, steps: 0, pieces: 0 } as const;

/** A replay tells of attempts again. Another attempt begins at the first step. */
function claimed(row: TaskRow, claim: Claim): TaskRow {
  if (row.claims.some(({ attempt }) => attempt === claim.attempt)) return row;
  return { ...row, state: 'running', step: 0, claims: [...row.claims, claim] };
}
