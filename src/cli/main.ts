import { workingFolder } from './working-folder.ts';

/** The program. What takes longest to start, the thread of a backtest, starts before anything else is loaded. */
if (process.argv[2] === 'backtest' && !process.argv.includes('--cluster') && workingFolder() !== undefined) {
  const { startSpareWorker } = await import('../runtime/host/executors/spare-worker.ts');
  startSpareWorker();
}
const [{ COMMANDS }, { runProcess }] = await Promise.all([import('./commands/table.ts'), import('./run-process.ts')]);
await runProcess(COMMANDS);
