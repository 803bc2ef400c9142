/** Every command of the program. Help, parser and documentation are made from this table. */
import type { CommandDefinition } from '../define-command.ts';
import { doctorCommand } from './doctor/command.ts';
import { explainCommand } from './explain/command.ts';
import { initCommand } from './init/command.ts';

export const COMMANDS: readonly CommandDefinition[] = [initCommand, explainCommand, doctorCommand];
