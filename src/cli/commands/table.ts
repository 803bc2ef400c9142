/** Every command of the program. Help, parser and documentation are made from this table. */
import type { CommandDefinition } from '../define-command.ts';
import { backtestCommand } from './backtest/command.ts';
import { CLUSTER_COMMANDS } from './cluster/commands.ts';
import { completionCommand } from './completion/command.ts';
import { configShowCommand } from './config/command.ts';
import { DATA_COMMANDS } from './data/commands.ts';
import { doctorCommand } from './doctor/command.ts';
import { explainCommand } from './explain/command.ts';
import { initCommand } from './init/command.ts';
import { reportCommand } from './report/command.ts';
import { RUN_COMMANDS } from './run/commands.ts';
import { sweepCommand } from './sweep/command.ts';

export const COMMANDS: readonly CommandDefinition[] = [
  initCommand,
  backtestCommand,
  sweepCommand,
  ...RUN_COMMANDS,
  reportCommand,
  ...DATA_COMMANDS,
  ...CLUSTER_COMMANDS,
  configShowCommand,
  explainCommand,
  doctorCommand,
  completionCommand,
];
