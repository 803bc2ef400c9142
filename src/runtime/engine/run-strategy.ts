/**
 * Runs one strategy over its data: a pass over the steps in blocks. Per block: indicators, then the strategy, then
 * equity. Everything later in the run depends only on what came before, so cutting the data cannot change the past.
 */
import { GoboolError } from '../base/error.ts';
import type { Strategy } from '../sdk/define-strategy.ts';
import type { RunRecord } from './record.ts';
import type { RunHooks, RunInput } from './run-io.ts';
import { advanceStage, makeStage, type Stage, sealStage } from './stage.ts';
import { StrategyRun } from './strategy-run.ts';

export function runStrategy({ definition }: Strategy, input: RunInput, hooks: RunHooks): RunRecord {
  const stage = makeStage(definition, input.feeds);
  const run = new StrategyRun(stage, definition, input, hooks);
  sealStage(stage);
  try {
    runBlocks(stage, run, hooks);
    return run.finish();
  } catch (error) {
    throw run.explain(error);
  }
}

/** A function of its own: loops that are compiled into one with a `try` are slower. */
function runBlocks(stage: Stage, run: StrategyRun, { shouldStop }: RunHooks): void {
  while (advanceStage(stage) && run.block()) {
    if (shouldStop()) throw new GoboolError('GB_RUN_CANCELLED', 'The run was cancelled.');
  }
}
