/** The best sets of a sweep, from rows as slices bring them: what the cluster tells as `rank`, where it does not. */
import type { RankingView } from '../../../cluster/contracts/http/run-view.ts';
import type { SliceRow } from '../../../runtime/host/hashed-slice.ts';
import { rankRuns } from '../../../runtime/sweep/ranking.ts';
import type { SweepObjective, SweepRun } from '../../../runtime/sweep/sweep-result.ts';

const KEPT = 20;

export class RankingFold {
  #best: readonly (SweepRun & { readonly taskId: string })[] = [];
  readonly #done = new Set<number>();
  readonly #objective: SweepObjective;
  readonly #sets: number;

  constructor(objective: SweepObjective, sets: number) {
    this.#objective = objective;
    this.#sets = sets;
  }

  /** Rows of the sets from `from` on. One that came before counts once. */
  add(taskId: string, from: number, rows: readonly SliceRow[]): void {
    const added = rows
      .map((row, at) => ({ ...row, index: from + at, params: {}, taskId }))
      .filter(({ index }) => !this.#done.has(index));
    for (const { index } of added) this.#done.add(index);
    this.#best = rankRuns([...this.#best, ...added], this.#objective).slice(0, KEPT);
  }

  get view(): RankingView {
    const { metric } = this.#objective;
    return {
      done: this.#done.size,
      sets: this.#sets,
      objective: metric,
      best: this.#best.map(({ index, metrics, resultHash, taskId }) => {
        return { index, value: metrics[metric] ?? null, resultHash, taskId };
      }),
    };
  }
}
