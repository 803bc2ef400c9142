/**
 * The connectors of Kafka Connect. `cluster up` makes them so, and removes none.
 * Each candle carries its own `_id`, so one that is delivered twice changes nothing. What cannot be stored goes to
 * `dead-letters` with the reason in its headers, and the next one is stored.
 */
import { CANDLES } from './indexes.ts';

export interface Connector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

/** `secretsFile`: as the worker sees it. */
export const declaredConnectors = (secretsFile: string): readonly Connector[] => [
  {
    name: 'market-candles',
    config: {
      'connector.class': 'com.mongodb.kafka.connect.MongoSinkConnector',
      'tasks.max': '1',
      topics: 'candles.1s,candles.5s,candles.1m,candles.5m',
      'connection.uri': `\${file:${secretsFile}:mongodb.uri}`,
      ...CANDLES,
      'document.id.strategy': 'com.mongodb.kafka.connect.sink.processor.id.strategy.ProvidedInValueStrategy',
      'document.id.strategy.overwrite.existing': 'true',
      'writemodel.strategy': 'com.mongodb.kafka.connect.sink.writemodel.strategy.ReplaceOneDefaultStrategy',
      'consumer.override.isolation.level': 'read_committed',
      'consumer.override.session.timeout.ms': '6000',
      // A topic that is made after the connector started is found within 10 s instead of 5 min.
      'consumer.override.metadata.max.age.ms': '10000',
      'errors.tolerance': 'all',
      'mongo.errors.tolerance': 'data',
      'errors.deadletterqueue.topic.name': 'dead-letters',
      'errors.deadletterqueue.topic.replication.factor': '1',
      'errors.deadletterqueue.context.headers.enable': 'true',
    },
  },
];
