/**
 * What to do with messages. What cannot be read is counted and logged, and the next one is served; what fails otherwise
 * is thrown, so that the message comes again.
 */
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Message } from '../../ports/bus.ts';
import type { Sql } from '../../ports/sql.ts';
import { type Cause, causedBy, causeIn, nextSpan } from '../common/trace.ts';
import { cancelRun } from './cancel-run.ts';
import { changeTasks, type FactOfTask } from './change-tasks.ts';
import type { Counters } from './counters.ts';
import { Gathering } from './gathering.ts';
import { type Command, readCommand, readFact } from './read-messages.ts';
import { reorderRun } from './reorder-run.ts';
import { storable } from './storable.ts';
import { submitRun } from './submit-run.ts';

export interface Handling {
  readonly sql: Sql;
  readonly counters: Counters;
  readonly log: Logger;
}

/** Of one partition in one transaction. */
const FACTS_AT_ONCE = 100;

export async function handleCommand(handling: Handling, message: Message): Promise<void> {
  const command = readable(handling, message, readCommand);
  if (command === undefined) return;
  const { counters, sql, log } = handling;
  const span = nextSpan(storable(causeIn(message.headers, message.key ?? '')));
  const startMs = performance.now();
  const isApplied = await logged(handling, () => carryOut(sql, command, causedBy(span)));
  if (isApplied) counters.commands++;
  else counters.ignoredCommands++;
  const durationMs = performance.now() - startMs;
  log.info({ ...span, command: command.type, runId: message.key, isApplied, durationMs }, 'command handled');
}

function carryOut(sql: Sql, command: Command, cause: Cause): Promise<boolean> {
  switch (command.type) {
    case 'submit':
      return submitRun(sql, command.submit, cause);
    case 'cancel':
      return cancelRun(sql, command.cancel);
    case 'reorder':
      return reorderRun(sql, command.reorder);
  }
}

/** Takes messages of several partitions at once: what they say is done together. */
export function factHandler(handling: Handling): (messages: readonly Message[]) => Promise<void> {
  const { sql, counters } = handling;
  const gathering = new Gathering<FactOfTask>(async facts => {
    counters.fencedFacts += await logged(handling, () => changeTasks(sql, facts));
    counters.facts += facts.length;
  });
  return async messages => {
    const facts = messages.flatMap(message => readable(handling, message, readFact) ?? []);
    for (let i = 0; i < facts.length; i += FACTS_AT_ONCE) await gathering.add(facts.slice(i, i + FACTS_AT_ONCE));
  };
}

function readable<T>({ counters, log }: Handling, message: Message, read: (message: Message) => T): T | undefined {
  try {
    return read(message);
  } catch (error) {
    if (!(error instanceof GoboolError && error.code === 'GB_MESSAGE_INVALID')) throw error;
    counters.unreadable++;
    const { topic, partition, offset, headers } = message;
    log.error({ err: error, topic, partition, offset: String(offset), headers }, 'a message cannot be read');
    return undefined;
  }
}

async function logged<T>({ log }: Handling, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log.warn({ err: error }, 'a message could not be handled; it comes again');
    throw error;
  }
}
