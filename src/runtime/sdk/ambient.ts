/**
 * The globals that a strategy sees in place of the host's. The bundler turns every free use of one of these names into
 * an import of this module, so the host's own globals stay as they are. Names that are not here are undefined in a
 * strategy.
 */
export { seedAmbient, setAmbientClock } from '../base/ambient.ts';
export { runConsole as console } from './ambient/console.ts';
export { RunDate as Date } from './ambient/date.ts';
export { RunFunction as Function } from './ambient/function.ts';
export { runGlobal as global, runGlobal as globalThis } from './ambient/global-object.ts';
export { RunMath as Math } from './ambient/math.ts';
