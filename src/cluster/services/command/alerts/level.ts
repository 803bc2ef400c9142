/** How bad a value is. Pure. */
import type { Threshold } from '../../common/settings.ts';

export type Level = 'ok' | 'warning' | 'error';

export function levelOf(value: number, { warning = Infinity, error = Infinity }: Threshold): Level {
  if (value >= error) return 'error';
  return value >= warning ? 'warning' : 'ok';
}

/** What the project's configuration does not say. Those of counters: so many in a minute. */
export const USUAL_THRESHOLDS: Readonly<Record<string, Threshold>> = {
  gobool_command_queue_age_seconds: { warning: 600, error: 3_600 },
  gobool_command_outbox_messages: { warning: 1_000, error: 10_000 },
  gobool_command_cases: { warning: 1, error: 100 },
  gobool_command_fenced_writes_total: { warning: 600 },
  gobool_command_unreadable_messages_total: { warning: 0.1 },
  gobool_join_lag_messages: { warning: 10_000, error: 100_000 },
  gobool_join_conflicts_total: { error: 0.1 },
  process_resident_memory_bytes: { warning: 512 * 2 ** 20, error: 1_024 * 2 ** 20 },
};
