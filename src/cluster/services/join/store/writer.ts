/** The members of one consumer group store everything that the log says; where the group stands, MongoDB has it. */
import type { Logger } from 'pino';
import { GoboolError } from '../../../../runtime/base/error.ts';
import type { Bus, Message, OutgoingMessage } from '../../../ports/bus.ts';
import { crashPoint } from '../../common/crash-point.ts';
import type { Counters } from '../counters.ts';
import { type Fact, factOf } from '../facts.ts';
import { requireIntact, storeFacts } from './store-facts.ts';
import { tellStored } from './tell-stored.ts';
import type { Views } from './views.ts';

export const WRITER_GROUP = 'join-writer';
export const WRITER_TOPICS = ['commands', 'results', 'task-events', 'run-events'] as const;

const DEAD_LETTERS = 'dead-letters';
/** That topic takes messages of a megabyte; a larger one is found in its own place. */
const LETTER_BYTES_MAX = 900_000;

export interface Writing {
  readonly bus: Bus;
  readonly views: Views;
  readonly counters: Counters;
  readonly log: Logger;
}

/** For batches of the group: resolves when they are durable, so that its place may move on. */
export function writerOf({ bus, views, counters, log }: Writing): (messages: readonly Message[]) => Promise<void> {
  let isWorking = true;
  const decode = async (message: Message): Promise<readonly Fact[]> => {
    try {
      const fact = factOf(message);
      if (fact?.type === 'piece') requireIntact(fact);
      return fact === undefined ? [] : [fact];
    } catch (error) {
      if (!(error instanceof GoboolError)) throw error;
      counters.unreadable++;
      log.error({ err: error, ...placeOf(message) }, 'a message cannot be read');
      await bus.publish(DEAD_LETTERS, [deadLetter(message, error)]);
      return [];
    }
  };
  return async messages => {
    const startMs = performance.now();
    try {
      const facts = (await Promise.all(messages.map(decode))).flat();
      const stored = await storeFacts(views, facts);
      crashPoint('join.stored');
      for (const what of ['pieces', 'bytes', 'conflicts'] as const) counters[what] += stored[what];
      tellStored(messages, performance.now() - startMs, log);
      isWorking = true;
    } catch (error) {
      if (isWorking) log.warn({ err: error }, 'nothing can be stored; trying again');
      isWorking = false;
      throw error;
    }
  };
}

const placeOf = ({ topic, partition, offset }: Message) => ({ topic, partition, offset: String(offset) });

function deadLetter(message: Message, { code, message: why }: GoboolError): OutgoingMessage {
  const { key, value, headers } = message;
  const { topic, partition, offset } = placeOf(message);
  return {
    ...(key !== null && { key }),
    value: value.length > LETTER_BYTES_MAX ? '' : value,
    headers: { ...headers, topic, partition: String(partition), offset, service: 'join', code, why },
  };
}
