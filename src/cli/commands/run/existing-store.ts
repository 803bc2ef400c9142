import { GoboolError } from '../../../runtime/base/error.ts';
import { hasStore, openStoreToRead, type RunStore } from '../../../runtime/host/store/open-store.ts';

/** The project's store. A command that only looks makes none: throws GB_RUN_MISSING. `open`: how to open it. */
export async function openExistingStore(projectDir: string, open = openStoreToRead): Promise<RunStore> {
  if (hasStore(projectDir)) return open(projectDir);
  throw new GoboolError('GB_RUN_MISSING', `There is no run in ${projectDir} yet.`, {
    hint: 'Make one with `gobool backtest <strategy>`.',
  });
}
