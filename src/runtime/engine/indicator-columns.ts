/**
 * All declared indicators as full columns, for plots: the same graph in the same blocks as a run, so the same bits; but
 * nothing is traded.
 */
import { seedAmbient } from '../base/ambient.ts';
import type { Strategy } from '../sdk/define-strategy.ts';
import { makeSetup, paramsOf } from './context.ts';
import type { RunHooks, RunInput } from './run-io.ts';
import { advanceStage, makeStage, sealStage } from './stage.ts';
import { strategyError } from './strategy-error.ts';
import { type NamedSeries, namedSeries } from './warm-up.ts';

export interface IndicatorColumn {
  /** As the strategy names it: `fast`, `band.upper`. */
  readonly name: string;
  /** The feed on whose bars it is computed. */
  readonly feed: string;
  /** A value per bar of that feed; NaN where it is undefined. */
  readonly values: Float64Array;
}

/** Throws what the strategy's indicators throw, and GB_STRATEGY_SHAPE. */
export function indicatorColumns(
  { definition }: Strategy,
  input: RunInput,
  { progress }: Pick<RunHooks, 'progress'>,
): readonly IndicatorColumn[] {
  const stage = makeStage(definition, input.feeds);
  const params = paramsOf(definition, input.params);
  seedAmbient(input.options.seed);
  try {
    const setup = makeSetup(stage.names, stage.feeds, params);
    const series = namedSeries(definition.indicators?.(setup as never) ?? {});
    sealStage(stage);
    const columns = series.map(([name, { clock }]) => {
      return { name, feed: clock.feed, values: new Float64Array(clock.bars.length) };
    });
    while (advanceStage(stage)) {
      progress[0] = stage.timeline.from;
      copyBlock(series, columns);
    }
    return columns;
  } catch (error) {
    throw strategyError(error, stage.timeline, { params, ind: {} });
  }
}

/** A ring keeps a whole block, so the block's values are all there. */
function copyBlock(series: NamedSeries, columns: readonly IndicatorColumn[]): void {
  series.forEach(([, { clock, cells, mask }], index) => {
    const column = columns[index]!.values;
    for (let i = clock.blockFrom; i < clock.blockTo; i++) column[i] = cells[i & mask]!;
  });
}
