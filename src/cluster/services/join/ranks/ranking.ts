/**
 * The best sets of a sweep, folded from the rows of its tasks: in whatever order they come, and however often, it is
 * what sorting all of them gives. Pure.
 */

import type { SliceRow } from '../../../../runtime/host/hashed-slice.ts';
import { rankRuns } from '../../../../runtime/sweep/ranking.ts';
import type { SweepObjective } from '../../../../runtime/sweep/sweep-result.ts';
import type { RankingView } from '../../../contracts/http/run-view.ts';
import type { Objective } from '../../../contracts/run-spec.ts';

const BEST = 20;

type Ranked = Pick<SliceRow, 'resultHash' | 'state' | 'metrics'> & { readonly index: number; readonly taskId: string };

export class Ranking {
  readonly #sets: number;
  readonly #objective: SweepObjective;
  /** First sets of the rows that were added. */
  readonly #added = new Set<number>();
  #best: readonly Ranked[] = [];
  #done = 0;

  constructor(sets: number, { name, direction }: Objective) {
    this.#sets = sets;
    this.#objective = { metric: name, direction };
  }

  /** Rows of the sets from `from` on. The same ones again change nothing. */
  add(taskId: string, from: number, rows: readonly SliceRow[]): void {
    if (this.#added.has(from)) return;
    this.#added.add(from);
    this.#done += rows.length;
    const more = rows.map(({ resultHash, state, metrics }, i) => {
      return { index: from + i, taskId, resultHash, state, metrics };
    });
    this.#best = rankRuns([...this.#best, ...more], this.#objective).slice(0, BEST);
  }

  get isComplete(): boolean {
    return this.#done >= this.#sets;
  }

  view(): RankingView {
    const { metric } = this.#objective;
    const best = this.#best.map(({ index, taskId, resultHash, metrics }) => {
      const value = metrics[metric] ?? null;
      return { index, value: Number.isFinite(value) ? value : null, resultHash, taskId };
    });
    return { done: this.#done, sets: this.#sets, objective: metric, best };
  }
}
