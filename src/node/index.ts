/** gobool as a library of Node programs: `import { backtest, sweep } from 'gobool/node'`. */
export { GoboolError } from '../runtime/base/error.ts';
export { type BacktestReport, type BacktestRequest, backtest } from './backtest.ts';
export type { RunRequest } from './run-request.ts';
export { type SweepReport, type SweepRequest, sweep } from './sweep.ts';
