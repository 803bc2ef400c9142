/** The public SDK: what a strategy file imports from 'gobool'. */
import './sdk/ambient/console-type.ts';

export { type Adx, adx } from './indicators/adx.ts';
export { type Aroon, aroon } from './indicators/aroon.ts';
export { atr } from './indicators/atr.ts';
export { type Bollinger, bollinger } from './indicators/bollinger.ts';
export { cci } from './indicators/cci.ts';
export { correlation } from './indicators/correlation.ts';
export { crossesAbove, crossesBelow } from './indicators/crosses.ts';
export { dema } from './indicators/dema.ts';
export { type Donchian, donchian } from './indicators/donchian.ts';
export { ema } from './indicators/ema.ts';
export { type FoldStep, fold } from './indicators/fold.ts';
export { highest } from './indicators/highest.ts';
export { hma } from './indicators/hma.ts';
export { type Ichimoku, ichimoku } from './indicators/ichimoku.ts';
export { kama } from './indicators/kama.ts';
export { type Keltner, keltner } from './indicators/keltner.ts';
export { linearRegressionSlope } from './indicators/linear-regression-slope.ts';
export { lowest } from './indicators/lowest.ts';
export { type Macd, macd } from './indicators/macd.ts';
export { mfi } from './indicators/mfi.ts';
export { momentum } from './indicators/momentum.ts';
export { obv } from './indicators/obv.ts';
export { parabolicSar } from './indicators/parabolic-sar.ts';
export { roc } from './indicators/roc.ts';
export { rsi } from './indicators/rsi.ts';
export type { Series } from './indicators/series.ts';
export { sma } from './indicators/sma.ts';
export { stddev } from './indicators/stddev.ts';
export { type Stochastic, stochastic } from './indicators/stochastic.ts';
export { stochasticRsi } from './indicators/stochastic-rsi.ts';
export { type Supertrend, supertrend } from './indicators/supertrend.ts';
export { tema } from './indicators/tema.ts';
export { vwap } from './indicators/vwap.ts';
export { williamsR } from './indicators/williams-r.ts';
export { wma } from './indicators/wma.ts';
export { zScore } from './indicators/z-score.ts';
export {
  type AccountDefaults,
  type BarContext,
  defineStrategy,
  type FeeInput,
  type FillContext,
  type Setup,
  type Strategy,
} from './sdk/define-strategy.ts';
export type {
  Bracket,
  Fill,
  Order,
  OrderChanges,
  OrderOptions,
  Orders,
  StopLoss,
  TakeProfit,
  TargetOptions,
  TimeInForce,
  Trail,
} from './sdk/orders.ts';
export { bool, choice, float, int, type Param, type Range } from './sdk/params.ts';
export { type Signal, sig } from './sdk/signals.ts';
export type { Account, FeedView, Position, PriceSeries } from './sdk/views.ts';
