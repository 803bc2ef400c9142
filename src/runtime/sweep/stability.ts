/**
 * The stability of an optimum: not how high its peak is, but how high it is around it. The best of many sets is partly
 * luck; luck does not extend to sets that trade almost alike, an effect that is there does.
 * Definitions are in docs/sweeps.md. Limitation: at the edge of the space half of the surroundings is unknown.
 */
import { Ascending } from './ascending.ts';
import { neighboursIn } from './neighbours.ts';
import { scoreOf } from './ranking.ts';
import type { NeighboursOf } from './steps.ts';
import type { SweepAxis, SweepObjective, SweepRun } from './sweep-result.ts';

/** The objective among the neighbours of a set; null where none has a value. */
export interface Surroundings {
  /** Neighbours with a value. */
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly worst: number | null;
}

export interface Stability {
  /** Neighbours are one step away, or the nearest of the sets that were drawn. */
  readonly neighbours: 'steps' | 'nearest';
  /** Median of the objective over all sets. */
  readonly typical: number;
  readonly best: {
    readonly run: SweepRun;
    readonly around: Surroundings;
    /** Share of the best set's lead over a typical set that its median neighbour has: 1 a plateau, 0 a lone peak. */
    readonly kept: number | null;
  };
  /** The set whose neighbourhood, itself included, has the best median: `level`. */
  readonly plateau: { readonly run: SweepRun; readonly around: Surroundings; readonly level: number };
  /** Of any run of the sweep. */
  readonly around: (run: SweepRun) => Surroundings;
}

/** What a sweep came to, as far as stability needs it. */
export interface SweptRuns {
  readonly runs: readonly SweepRun[];
  readonly axes: readonly SweepAxis[];
  readonly kind: 'grid' | 'random';
  readonly objective: SweepObjective;
}

/** A candidate for the best neighbourhood has more than this share of the neighbours that a set can have here. */
const NEIGHBOURS_SHARE = 0.5;

/** `best`: the first of the ranking. Null where no set has neighbours, or none an objective. */
export function stabilityOf(swept: SweptRuns, best: SweepRun): Stability | null {
  const neighboursOf = neighboursIn(swept.runs, swept.axes, swept.kind);
  if (neighboursOf === null) return null;
  const field = new ScoreField(swept, neighboursOf);
  const plateau = field.bestNeighbourhood();
  if (plateau === null) return null;
  const around = (run: SweepRun) => field.surroundings(run);
  return {
    neighbours: swept.kind === 'grid' ? 'steps' : 'nearest',
    typical: field.value(field.typical),
    best: { run: best, around: around(best), kept: field.kept(best) },
    plateau: { run: plateau.run, around: around(plateau.run), level: field.value(plateau.level) },
    around,
  };
}

/**
 * NaN where not defined. A set that lost everything has no ratios, but is as bad as the worst there is: a peak beside
 * it is no plateau.
 */
function scoresOf({ runs, objective }: SweptRuns): Float64Array {
  const scores = Float64Array.from(runs, run => scoreOf(run, objective) ?? Number.NaN);
  const worst = scores.filter(score => !Number.isNaN(score)).sort()[0] ?? Number.NaN;
  return scores.map((score, i) => (Number.isNaN(score) && runs[i]?.state === 'wiped-out' ? worst : score));
}

/** Scores over a space; more is better. */
class ScoreField {
  /** Median of all. */
  readonly typical: number;
  readonly #swept: SweptRuns;
  readonly #neighboursOf: NeighboursOf;
  /** By place in the list of runs; NaN where not defined. */
  readonly #scores: Float64Array;
  readonly #places: ReadonlyMap<number, number>;
  /** Of the neighbours that were gathered last. */
  readonly #around = new Ascending();

  constructor(swept: SweptRuns, neighboursOf: NeighboursOf) {
    this.#swept = swept;
    this.#neighboursOf = neighboursOf;
    this.#scores = scoresOf(swept);
    this.#places = new Map(swept.runs.map((run, place) => [run.index, place]));
    const sorted = this.#scores.filter(score => !Number.isNaN(score)).sort();
    this.typical = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  }

  /** Of equal levels the one with the better objective, then the first of the space. */
  bestNeighbourhood(): { readonly run: SweepRun; readonly level: number } | null {
    const { counts, levels } = this.#neighbourhoods();
    const most = counts.reduce((most, count) => Math.max(most, count), 0);
    let best: { run: SweepRun; level: number; score: number } | null = null;
    for (const [place, run] of this.#swept.runs.entries()) {
      const [level, score] = [levels[place] ?? Number.NaN, this.#scores[place] ?? Number.NaN];
      if (Number.isNaN(score) || run.state === 'wiped-out' || (counts[place] ?? 0) <= NEIGHBOURS_SHARE * most) continue;
      if (best === null || level > best.level || (level === best.level && score > best.score))
        best = { run, level, score };
    }
    return best;
  }

  kept(run: SweepRun): number | null {
    const place = this.#placeOf(run);
    const lead = (this.#scores[place] ?? 0) - this.typical;
    this.#gather(place);
    return this.#around.count > 0 && lead > 0 ? (this.#around.median - this.typical) / lead : null;
  }

  surroundings(run: SweepRun): Surroundings {
    this.#gather(this.#placeOf(run));
    const { count: n, mean, median, lowest } = this.#around;
    if (n === 0) return { n, mean: null, median: null, worst: null };
    return { n, mean: this.value(mean), median: this.value(median), worst: this.value(lowest) };
  }

  /** A score as the objective's own value. */
  value(score: number): number {
    return this.#swept.objective.direction === 'maximize' ? score : 0 - score;
  }

  /** Of every set: how many neighbours have a score, and the median of theirs and its own. */
  #neighbourhoods(): { readonly counts: Int32Array; readonly levels: Float64Array } {
    const counts = new Int32Array(this.#scores.length);
    const levels = new Float64Array(this.#scores.length);
    this.#scores.forEach((score, place) => {
      this.#gather(place);
      counts[place] = this.#around.count;
      this.#around.add(score);
      levels[place] = this.#around.median;
    });
    return { counts, levels };
  }

  #gather(place: number): void {
    this.#around.clear();
    for (const neighbour of this.#neighboursOf(place)) {
      const score = this.#scores[neighbour] ?? Number.NaN;
      if (!Number.isNaN(score)) this.#around.add(score);
    }
  }

  #placeOf({ index }: SweepRun): number {
    return this.#places.get(index) ?? 0;
  }
}
