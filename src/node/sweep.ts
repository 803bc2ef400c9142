import * as z from 'zod/mini';
import { defined } from '../runtime/base/defined.ts';
import { runSweep } from '../runtime/host/sweep/run-sweep.ts';
import type { SweepProgress } from '../runtime/host/sweep/sweep-options.ts';
import { type SweepFindings, sweepFindings } from '../runtime/report/sweep-findings.ts';
import type { SweepOutcome } from '../runtime/report/sweep-outcome.ts';
import type { ParamValue } from '../runtime/sdk/params.ts';
import { DEFAULT_OBJECTIVE, objectiveOf } from '../runtime/sweep/objective.ts';
import { hinted } from './hinted.ts';
import type { RunRequest } from './run-request.ts';
import { callback, optionsOf, paramValue, problemsIn } from './settings.ts';

export interface SweepRequest extends RunRequest {
  /** What varies: a range as text, `5..50:5`, or values. Absent: the ranges that the strategy declares. */
  readonly params?: Readonly<Record<string, string | readonly ParamValue[]>>;
  /** Condition that every set must meet: `fast<slow`. */
  readonly where?: string;
  /** Draws so many sets of the space, by `seed`, instead of running all. */
  readonly random?: number;
  /** Name of the metric that ranks. Default `sharpe`. */
  readonly objective?: string;
  /** Absent: less is better for metrics of risk, more for the others. */
  readonly direction?: 'maximize' | 'minimize';
  /** Threads. Default: one per processor. */
  readonly workers?: number;
  /** Runs all sets again, also those that an earlier sweep has done. Default false. */
  readonly fresh?: boolean;
  readonly onProgress?: (progress: SweepProgress) => void;
}

const count = z.int().check(z.positive());

const ownSchema = z.object({
  params: z.record(z.string(), z.union([z.string(), z.array(paramValue)])),
  where: z.optional(z.string()),
  random: z.optional(count),
  objective: z.string(),
  direction: z.optional(z.enum(['maximize', 'minimize'])),
  workers: z.optional(count),
  fresh: z.boolean(),
  onProgress: callback,
});

/** All runs; ranked, with the best one, how stable it is, and what to be careful about. */
export type SweepReport = SweepOutcome & SweepFindings;

/**
 * Runs a strategy with many sets of parameters, as `gobool sweep` does. An interrupted sweep goes on where it was.
 * Throws `GoboolError`.
 *
 * @example
 * ```ts
 * const { best, stability } = await sweep('strategy.ts', { params: { fast: '5..50:5', slow: [50, 100, 200] } });
 * ```
 */
export function sweep(file: string, request: SweepRequest = {}): Promise<SweepReport> {
  return hinted(() => runAll(file, request));
}

async function runAll(file: string, request: SweepRequest): Promise<SweepReport> {
  const { params = {}, where, random, objective = DEFAULT_OBJECTIVE, direction, workers, ...rest } = request;
  const { fresh = false, onProgress, ...run } = rest;
  const problems = problemsIn(ownSchema, { params, where, random, objective, direction, workers, fresh, onProgress });
  const written = Object.entries(params ?? {}).map(([name, values]) => {
    return typeof values === 'string' ? `${name}=${values}` : { name, values };
  });
  const outcome = await runSweep({
    ...optionsOf(file, run, problems),
    space: { params: written, seed: run.seed ?? 1, ...defined({ where, random }) },
    objective: objectiveOf(objective, direction),
    fresh,
    ...defined({ workers, onProgress }),
  });
  return { ...outcome, ...sweepFindings(outcome) };
}
