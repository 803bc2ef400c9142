/** The metrics of command; docs/observability.md lists them. */
import { cached, Metrics } from '../common/metrics.ts';
import type { Counters } from './counters.ts';
import { watchTasks } from './metrics-of-tasks.ts';
import type { CaseCounts, QueueFacts } from './store/queue-facts.ts';

export interface Watched {
  readonly counters: Counters;
  readonly queue: () => Promise<QueueFacts>;
  readonly cases: () => Promise<CaseCounts>;
}

export function commandMetrics({ counters, queue, cases }: Watched): Metrics {
  const metrics = new Metrics('command');
  gaugesOf(metrics, cached(queue));
  metrics.gauge('gobool_command_cases', 'Cases of the error hospital that are not resolved.', cached(cases), 'state');
  countersOf(metrics, counters);
  watchTasks(metrics);
  return metrics;
}

function gaugesOf(metrics: Metrics, queue: () => Promise<QueueFacts>): void {
  metrics.gauge('gobool_command_queue_tasks', 'Tasks that wait.', async () => (await queue()).queued);
  metrics.gauge('gobool_command_queue_age_seconds', 'Since the oldest run was submitted that waits.', async () => {
    const { oldestMs } = await queue();
    return oldestMs === null ? 0 : Math.max(0, Date.now() - oldestMs) / 1_000;
  });
  metrics.gauge(
    'gobool_command_taken_tasks',
    'Tasks that workers have: dispatched to one, or running.',
    async () => {
      const { dispatched, running } = await queue();
      return { dispatched, running };
    },
    'state',
  );
  metrics.gauge(
    'gobool_command_outbox_messages',
    'Messages that Kafka does not have yet.',
    async () => (await queue()).outbox,
  );
}

function countersOf(metrics: Metrics, counters: Counters): void {
  metrics.counter(
    'gobool_command_commands_total',
    'Commands; ignored are those that changed nothing.',
    () => ({ applied: counters.commands, ignored: counters.ignoredCommands }),
    'result',
  );
  const count = (name: string, help: string, read: () => number) => metrics.counter(name, help, read);
  count('gobool_command_facts_total', 'Messages of workers about tasks.', () => counters.facts);
  count(
    'gobool_command_fenced_writes_total',
    'Of these: came too late to change anything.',
    () => counters.fencedFacts,
  );
  count('gobool_command_dispatches_total', 'Tasks given to workers.', () => counters.dispatched);
  count('gobool_command_abandoned_attempts_total', 'Attempts whose worker vanished.', () => counters.abandoned);
  count('gobool_command_sent_messages_total', 'Messages given to Kafka.', () => counters.sent);
  count('gobool_command_unreadable_messages_total', 'Messages that could not be read.', () => counters.unreadable);
}
