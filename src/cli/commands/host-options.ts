import { DEFAULT_SETTINGS, type Settings } from '../config/settings.ts';

/** Where a strategy is run, and what ends it early. */
interface World {
  readonly cwd: string;
  readonly projectDir: string;
  readonly signal: AbortSignal;
}

/** The settings as the host takes them, for whatever runs strategies. */
export function hostOptions(settings: Settings, { cwd, projectDir, signal }: World) {
  const { prices = DEFAULT_SETTINGS.prices, executor = DEFAULT_SETTINGS.executor, ...rest } = settings;
  const { data = {}, limits = {}, benchmark, metrics: _dialect, ...account } = rest;
  return { cwd, projectDir, signal, data, benchmark, prices, executor, limits, account } as const;
}
