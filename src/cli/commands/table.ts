/** Every command of the program. Help, parser and documentation are made from this table. */
import type { CommandDefinition } from '../define-command.ts';
import { backtestCommand } from './backtest/command.ts';
import { DATA_COMMANDS } from './data/commands.ts';
import { doctorCommand } from './doctor/command.ts';
import { explainCommand } from './explain/command.ts';
import { initCommand } from './init/command.ts';
import { RUN_COMMANDS } from './run/commands.ts';

export const COMMANDS: readonly CommandDefinition[] = [
  initCommand,
  backtestCommand,
  ...RUN_COMMANDS,
  ...DATA_COMMANDS,
  explainCommand,
  doctorCommand,
];
