import { GoboolError } from '../../runtime/base/error.ts';
import type { Environment } from '../context.ts';

/** What runs strategies in this process; with GOBOOL_LOCAL_EXECUTOR=off something that throws `GB_EXECUTOR_OFF`. */
export function localExecutor(
  kind: 'inline' | 'thread',
  { env }: { readonly env: Environment },
): 'inline' | 'thread' | (() => never) {
  return env.GOBOOL_LOCAL_EXECUTOR === 'off' ? refuse : kind;
}

function refuse(): never {
  throw new GoboolError('GB_EXECUTOR_OFF', 'The strategy was not run: GOBOOL_LOCAL_EXECUTOR is off.');
}
