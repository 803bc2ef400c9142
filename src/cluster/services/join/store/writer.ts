/** The members of one consumer group store everything that the log says; where the group stands, MongoDB has it. */
import type { Logger } from 'pino';
import type { Bus, Message } from '../../../ports/bus.ts';
import { crashPoint } from '../../common/crash-point.ts';
import { serveMessages } from '../../common/serve-messages.ts';
import type { Counters } from '../counters.ts';
import { type Fact, factOf } from '../facts.ts';
import { requireIntact, storeFacts } from './store-facts.ts';
import { tellStored } from './tell-stored.ts';
import type { Views } from './views.ts';

export const WRITER_GROUP = 'join-writer';
export const WRITER_TOPICS = ['commands', 'results', 'task-events', 'run-events'] as const;

export interface Writing {
  readonly bus: Bus;
  readonly views: Views;
  readonly counters: Counters;
  readonly log: Logger;
}

interface Known {
  readonly message: Message;
  readonly fact: Fact;
}

/** For batches of the group: resolves when they are durable, so that its place may move on. */
export const writerOf = (writing: Writing): ((messages: readonly Message[]) => Promise<void>) =>
  serveMessages({
    bus: writing.bus,
    service: 'join',
    log: writing.log,
    onDeadLetter: () => void writing.counters.unreadable++,
    read: readIntact,
    handle: known => store(writing, known),
  });

function readIntact(message: Message): Known | undefined {
  const fact = factOf(message);
  if (fact?.type === 'piece') requireIntact(fact);
  return fact && { message, fact };
}

async function store({ views, counters, log }: Writing, known: readonly Known[]): Promise<void> {
  const startMs = performance.now();
  const facts = known.map(({ fact }) => fact);
  const stored = await storeFacts(views, facts);
  crashPoint('join.stored');
  for (const what of ['pieces', 'bytes', 'conflicts'] as const) counters[what] += stored[what];
  const messages = known.map(({ message }) => message);
  tellStored(messages, performance.now() - startMs, log);
}
