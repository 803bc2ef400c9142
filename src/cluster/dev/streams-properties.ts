/** Settings of the Streams app, which folds trades into candles. The same keys natively, in Docker and in tests. */
import { toProperties } from './properties.ts';

export interface StreamsSettings {
  /** The broker, `host:port`. */
  readonly bootstrap: string;
  /** Where health is answered, `host:port`. */
  readonly health: string;
  /** Names the consumer group and the topic of the state. Another one starts from the first tick, with no state. */
  readonly application?: string;
  /** In front of every topic's name: topics of its own for a test. */
  readonly topicPrefix?: string;
}

export function streamsProperties(settings: StreamsSettings): string {
  const { bootstrap, health, application = 'gobool-candles', topicPrefix = '' } = settings;
  return toProperties({
    'bootstrap.servers': bootstrap,
    'application.id': application,
    'group.instance.id': 'candles-1',
    'health.address': health,
    'topic.prefix': topicPrefix,
  });
}
