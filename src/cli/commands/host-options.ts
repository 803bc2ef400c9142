import { DEFAULT_SETTINGS, type Settings } from '../config/settings.ts';
import type { CommandContext } from '../context.ts';

/** The settings as the host takes them, for commands that run strategies. */
export function hostOptions(
  settings: Settings,
  { cwd, projectDir, signal }: Pick<CommandContext, 'cwd' | 'projectDir' | 'signal'>,
) {
  const { prices = DEFAULT_SETTINGS.prices, executor = DEFAULT_SETTINGS.executor, ...rest } = settings;
  const { data = {}, limits = {}, benchmark, metrics: _dialect, ...account } = rest;
  return { cwd, projectDir, signal, data, benchmark, prices, executor, limits, account } as const;
}
