import type { Executor } from '../executor.ts';
import { inlineExecutor } from './inline-executor.ts';
import { threadExecutor } from './thread-executor.ts';

/** One of this process, or one that the caller makes. */
export type ExecutorChoice = 'inline' | 'thread' | (() => Executor);

/** Throws what the caller's own throws. */
export function startExecutor(choice: ExecutorChoice): Executor {
  if (typeof choice === 'function') return choice();
  return choice === 'inline' ? inlineExecutor() : threadExecutor();
}
