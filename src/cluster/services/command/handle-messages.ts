/** What messages do to runs, tasks and cases. None keeps its neighbours waiting. */
import type { Logger } from 'pino';
import type { Bus, Message } from '../../ports/bus.ts';
import type { Sql } from '../../ports/sql.ts';
import { serveMessages } from '../common/serve-messages.ts';
import { type Cause, causedBy, causeIn, nextSpan } from '../common/trace.ts';
import { changeTasks, type FactOfTask } from './change-tasks.ts';
import type { Counters } from './counters.ts';
import { endRun } from './end-run.ts';
import { Gathering } from './gathering.ts';
import type { Care } from './hospital/admit.ts';
import { resolveCase } from './hospital/resolve-case.ts';
import { type Command, readCommand, readFact } from './read-messages.ts';
import { reorderRun } from './reorder-run.ts';
import { decideCancel } from './run/decide-run.ts';
import { storable } from './storable.ts';
import { submitRun } from './submit-run.ts';

export interface Handling {
  readonly bus: Bus;
  readonly sql: Sql;
  readonly care: Care;
  readonly counters: Counters;
  readonly log: Logger;
}

interface Told {
  readonly message: Message;
  readonly command: Command;
}

/** Of one partition in one transaction. */
const FACTS_AT_ONCE = 100;

/** For a subscription's `handler`. */
export function commandHandler(handling: Handling): (message: Message) => Promise<void> {
  const read = (message: Message) => ({ message, command: readCommand(message) });
  const handle = async (commands: readonly Told[]) => {
    for (const command of commands) await handleCommand(handling, command);
  };
  const serve = serveMessages({ ...servingOf(handling), read, handle });
  return message => serve([message]);
}

/**
 * For a subscription's `batchHandler`, of several partitions at once: what they say is done together, and by itself
 * where that fails.
 */
export function factsHandler(handling: Handling): (messages: readonly Message[]) => Promise<void> {
  const { sql, care, counters } = handling;
  const change = async (facts: readonly FactOfTask[]) => {
    counters.fencedFacts += await changeTasks(sql, facts, care);
    counters.facts += facts.length;
  };
  const gathering = new Gathering<FactOfTask>(change);
  const inParts = (work: typeof change) => async (facts: readonly FactOfTask[]) => {
    for (let i = 0; i < facts.length; i += FACTS_AT_ONCE) await work(facts.slice(i, i + FACTS_AT_ONCE));
  };
  const handle = inParts(facts => gathering.add(facts));
  return serveMessages({ ...servingOf(handling), read: readFact, handle, handleAlone: inParts(change) });
}

const servingOf = ({ bus, log, counters }: Handling) => ({
  service: 'command',
  bus,
  log,
  onDeadLetter: () => void counters.unreadable++,
});

async function handleCommand(handling: Handling, { message, command }: Told): Promise<void> {
  const { counters, log } = handling;
  const span = nextSpan(storable(causeIn(message.headers, message.key ?? '')));
  const startMs = performance.now();
  const isApplied = await carryOut(handling, command, causedBy(span));
  if (isApplied) counters.commands++;
  else counters.ignoredCommands++;
  const durationMs = performance.now() - startMs;
  log.info({ ...span, command: command.type, runId: message.key, isApplied, durationMs }, 'command handled');
}

function carryOut({ sql, care }: Handling, command: Command, cause: Cause): Promise<boolean> {
  switch (command.type) {
    case 'submit':
      return submitRun(sql, command.submit, cause);
    case 'cancel':
      return endRun(sql, command.cancel.runId, run => decideCancel(run, command.cancel.keyId));
    case 'reorder':
      return reorderRun(sql, command.reorder);
    case 'resolve':
      return resolveCase(sql, command.resolution, care);
  }
}
