/** What every step of a fetch gets. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { FetchProgress } from '../driver.ts';

export interface FetchContext {
  /** Where programs, proxies and `GOBOOL_<ENGINE>` are looked up; package clients get it whole. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of fetched engines, shared by the projects of a user: `engineCache(env)`. */
  readonly cacheDir: string;
  readonly onProgress: (progress: FetchProgress) => void;
  /** Ends the fetch with its reason; package clients are killed. */
  readonly signal: AbortSignal;
}

/** `$XDG_CACHE_HOME/gobool/engines`; the standard says that a relative one counts as unset. */
export function engineCache(env: FetchContext['env']): string {
  const base = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(base) ? base : join(homedir(), '.cache'), 'gobool', 'engines');
}
