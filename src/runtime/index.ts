/** The public SDK: what a strategy file imports from 'gobool'. */
export { atr } from './indicators/atr.ts';
export { bollinger } from './indicators/bollinger.ts';
export { crossesAbove, crossesBelow } from './indicators/crosses.ts';
export { ema } from './indicators/ema.ts';
export { type FoldStep, fold } from './indicators/fold.ts';
export { highest } from './indicators/highest.ts';
export { lowest } from './indicators/lowest.ts';
export { macd } from './indicators/macd.ts';
export { roc } from './indicators/roc.ts';
export { rsi } from './indicators/rsi.ts';
export type { Series } from './indicators/series.ts';
export { sma } from './indicators/sma.ts';
export { stddev } from './indicators/stddev.ts';
export { stochastic } from './indicators/stochastic.ts';
export { wma } from './indicators/wma.ts';
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
