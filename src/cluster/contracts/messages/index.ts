/** Every message, by type. */
import type { MessageContract } from '../define-message.ts';
import { caseResolve } from './case-resolve.ts';
import { runCancel } from './run-cancel.ts';
import { runChanged } from './run-changed.ts';
import { runReorder } from './run-reorder.ts';
import { runSubmit } from './run-submit.ts';
import { taskClaimed, taskCompleted, taskFailed, taskProgress, taskReturned } from './task-events.ts';
import { taskStart } from './task-start.ts';
import { taskStop } from './task-stop.ts';

const CONTRACTS: readonly MessageContract[] = [
  runSubmit,
  runCancel,
  runReorder,
  caseResolve,
  runChanged,
  taskStart,
  taskStop,
  taskClaimed,
  taskProgress,
  taskCompleted,
  taskFailed,
  taskReturned,
];

export const MESSAGES: ReadonlyMap<string, MessageContract> = new Map(
  CONTRACTS.map(contract => [contract.type, contract]),
);
