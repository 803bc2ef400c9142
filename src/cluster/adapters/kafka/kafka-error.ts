/** kafkajs' errors as ours: what may pass by itself, and what will not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GoboolError } from '../../../runtime/base/error.ts';

/** Refusals that kafkajs calls retriable, since a topic may be about to be made. */
const LASTING = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION']);

/** What kafkajs calls lasting though it passes: no broker answered the question, or none of them was ready. */
const PASSING = new Set(['KafkaJSGroupCoordinatorNotFound']);

const PATIENCE_MS = 5000;
const RETRY_MS = 100;

export function kafkaError(doing: string, error: unknown): GoboolError {
  const cause = rootCause(error);
  if (cause instanceof GoboolError) return cause;
  const code = isLasting(cause) ? 'GB_BUS_REFUSED' : 'GB_BUS_UNAVAILABLE';
  return new GoboolError(code, `Kafka could not ${doing}: ${messageOf(cause)}`, { cause: error });
}

/** What kafkajs wrapped in "number of retries exceeded". */
export function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootCause(error.cause) : error;
}

/** Repeats what a broker refuses for the moment, as it does after its start until it leads its partitions again. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isMomentary(rootCause(error)) || performance.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** Answers of a broker, by contrast to failures to reach one, have a type. */
const isMomentary = (error: unknown) => error instanceof Error && 'type' in error && !isLasting(error);

function isLasting(error: unknown): boolean {
  if (!(error instanceof Error && 'retriable' in error) || PASSING.has(error.name)) return false;
  return !error.retriable || ('type' in error && LASTING.has(String(error.type)));
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
