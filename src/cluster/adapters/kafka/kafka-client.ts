/**
 * A client of one Kafka cluster, with the settings on which gobool relies everywhere. It says nothing on the console:
 * what matters is thrown. `KAFKAJS_LOG_LEVEL=debug` makes it talk.
 */
import { Kafka, logLevel } from 'kafkajs';
import { keepIdleConnectionsQuiet } from './idle-connections.ts';

export interface KafkaAddress {
  /** `host:port` of any brokers. */
  readonly brokers: readonly string[];
  /** Shown in the broker's logs. */
  readonly clientId: string;
  /** One request, connecting included. */
  readonly timeoutMs: number;
  /** How often a failed request is sent again, after pauses that grow from 0.1 to 1 s. */
  readonly retries: number;
}

keepIdleConnectionsQuiet();

export function kafkaClient({ brokers, clientId, timeoutMs, retries }: KafkaAddress): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: Math.min(timeoutMs, 2000),
    requestTimeout: timeoutMs,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries },
    logLevel: logLevel.NOTHING,
  });
}
