/** Every command of the program. Help, parser and documentation are made from this table. */
import type { CommandDefinition } from '../define-command.ts';
import { backtestCommand } from './backtest/command.ts';
import { CLUSTER_COMMANDS } from './cluster/commands.ts';
import { completionCommand } from './completion/command.ts';
import { configShowCommand } from './config/command.ts';
import { DATA_COMMANDS } from './data/commands.ts';
import { doctorCommand } from './doctor/command.ts';
import { explainCommand } from './explain/command.ts';
import { HOSPITAL_COMMANDS } from './hospital/commands.ts';
import { initCommand } from './init/command.ts';
import { KEY_COMMANDS } from './key/commands.ts';
import { QUEUE_COMMANDS } from './queue/commands.ts';
import { reportCommand } from './report/command.ts';
import { RUN_COMMANDS } from './run/commands.ts';
import { sweepCommand } from './sweep/command.ts';
import { WORKER_COMMANDS } from './worker/commands.ts';

export const COMMANDS: readonly CommandDefinition[] = [
  initCommand,
  backtestCommand,
  sweepCommand,
  ...RUN_COMMANDS,
  reportCommand,
  ...DATA_COMMANDS,
  ...CLUSTER_COMMANDS,
  ...QUEUE_COMMANDS,
  ...HOSPITAL_COMMANDS,
  ...WORKER_COMMANDS,
  ...KEY_COMMANDS,
  configShowCommand,
  explainCommand,
  doctorCommand,
  completionCommand,
];
