/**
 * The code of all commands. One file for all of them: a command that is cut into forty small ones takes longer to load.
 */
export { backtest } from './backtest/handler.ts';
export { completion } from './completion/handler.ts';
export { configShow } from './config/show.ts';
export { dataExport } from './data/export.ts';
export { dataImport } from './data/import.ts';
export { dataLs } from './data/ls.ts';
export { dataShow } from './data/show.ts';
export { dataVerify } from './data/verify.ts';
export { doctor } from './doctor/handler.ts';
export { explain } from './explain/handler.ts';
export { init } from './init/handler.ts';
export { report } from './report/handler.ts';
export { runCompare } from './run/compare.ts';
export { runLs } from './run/ls.ts';
export { runRm } from './run/rm.ts';
export { runShow } from './run/show.ts';
export { sweep } from './sweep/handler.ts';
