import * as z from 'zod/mini';
import { runBacktest } from '../runtime/host/run-backtest.ts';
import type { RowParts, RunRows, StoredRun } from '../runtime/host/store/stored-run.ts';
import type { ParamValue } from '../runtime/sdk/params.ts';
import { hinted } from './hinted.ts';
import type { RunRequest } from './run-request.ts';
import { callback, optionsOf, paramValue, problemsIn } from './settings.ts';

export interface BacktestRequest extends RunRequest {
  /** Values of parameters; the others keep their defaults. */
  readonly params?: Readonly<Record<string, ParamValue>>;
  readonly onProgress?: (step: number, steps: number) => void;
}

const ownSchema = z.object({ params: z.record(z.string(), paramValue), onProgress: callback });

/** A run's summary with its metrics, trades and daily equity; its identity; and its rows. */
export interface BacktestReport extends StoredRun {
  /** Rows of float64; `order-log.ts`, `fill-log.ts` and `cash-log.ts` name the columns. */
  readonly orders: Float64Array;
  readonly fills: Float64Array;
  readonly cash: Float64Array;
  readonly curve: RunRows['curve'];
}

/**
 * Runs a strategy's file, as `gobool backtest` does: the same bundle, the same result, the same `resultHash`.
 * Throws `GoboolError`: its `code` is one of `gobool explain`, its `hint` says what to do.
 *
 * @example
 * ```ts
 * const { summary, resultHash } = await backtest('strategy.ts', { data: 'spy.csv', params: { fast: 5 } });
 * console.log(summary.metrics.sharpe?.value, resultHash);
 * ```
 */
export function backtest(file: string, request: BacktestRequest = {}): Promise<BacktestReport> {
  return hinted(() => run(file, request));
}

async function run(file: string, request: BacktestRequest): Promise<BacktestReport> {
  const { params = {}, onProgress, ...rest } = request;
  const { run, rows, failure } = await runBacktest({
    ...optionsOf(file, rest, problemsIn(ownSchema, { params, onProgress })),
    params,
    ...(onProgress && { onProgress: (_runId: string, step: number, steps: number) => onProgress(step, steps) }),
  });
  if (failure !== undefined) throw failure;
  const { orders, fills, cash, curve } = rows;
  return { ...run, orders: joined(orders), fills: joined(fills), cash: joined(cash), curve };
}

function joined(parts: RowParts): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
