/** The metrics of join; docs/observability.md lists them. */
import type { Bus, Place } from '../../ports/bus.ts';
import { cached, Metrics } from '../common/metrics.ts';
import type { Counters } from './counters.ts';
import { WRITER_GROUP, WRITER_TOPICS } from './store/writer.ts';

export interface Watched {
  readonly bus: Pick<Bus, 'places'>;
  readonly counters: Counters;
  readonly openStreams: () => number;
}

export function joinMetrics({ bus, counters, openStreams }: Watched): Metrics {
  const metrics = new Metrics('join');
  metrics.counter('gobool_join_stored_pieces_total', 'Pieces of results that were stored.', () => counters.pieces);
  metrics.counter('gobool_join_stored_bytes_total', 'Bytes of these pieces.', () => counters.bytes);
  metrics.gauge(
    'gobool_join_lag_messages',
    'Messages in the log that no replica has stored yet.',
    cached(() => lagOf(bus)),
  );
  metrics.gauge('gobool_join_open_streams', 'Readers that follow runs and tasks here.', openStreams);
  metrics.counter(
    'gobool_join_conflicts_total',
    'Tasks of which two attempts gave different bytes.',
    () => counters.conflicts,
  );
  metrics.counter(
    'gobool_join_unreadable_messages_total',
    'Messages that could not be read.',
    () => counters.unreadable,
  );
  return metrics;
}

async function lagOf(bus: Watched['bus']): Promise<number> {
  const [ends, standing] = await Promise.all([
    bus.places(WRITER_TOPICS, 'latest'),
    bus.places(WRITER_TOPICS, { group: WRITER_GROUP }),
  ]);
  const stored = new Map(standing.map(place => [nameOf(place), place.offset]));
  return ends.reduce((sum, end) => sum + Math.max(0, Number(end.offset - (stored.get(nameOf(end)) ?? 0n))), 0);
}

const nameOf = ({ topic, partition }: Place) => `${topic} ${partition}`;
