import { GoboolError } from '../../../runtime/base/error.ts';
import { hasStore, openStore, type RunStore } from '../../../runtime/host/store/open-store.ts';

/** The project's store. A command that only looks makes none: throws GB_RUN_MISSING. */
export async function openExistingStore(projectDir: string): Promise<RunStore> {
  if (hasStore(projectDir)) return openStore(projectDir);
  throw new GoboolError('GB_RUN_MISSING', `There is no run in ${projectDir} yet.`, {
    hint: 'Make one with `gobool backtest <strategy>`.',
  });
}
