import { COMMANDS } from './commands/table.ts';
import { runProcess } from './run-process.ts';

await runProcess(COMMANDS);
