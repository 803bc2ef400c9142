/**
 * The service that owns the truth about runs. Any number of replicas: each takes its share of the messages; of sending
 * and dispatching, one replica at a time does the work, whichever gets the lock. Engines that are away are waited for.
 */
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import { runSubmit } from '../../contracts/messages/run-submit.ts';
import { taskClaimed } from '../../contracts/messages/task-events.ts';
import type { Bus, SubscribeOptions } from '../../ports/bus.ts';
import type { Sql } from '../../ports/sql.ts';
import { isAway, waitOut } from '../common/engines-away.ts';
import { Bell } from './bell.ts';
import { changeTasks } from './change-tasks.ts';
import type { Counters } from './counters.ts';
import { dispatchTasks } from './dispatch-tasks.ts';
import { factHandler, handleCommand } from './handle-messages.ts';
import { CHANGED, sendPosted } from './store/outbox.ts';
import { Watchdog } from './watchdog.ts';
import { type OfferStore, Workers } from './workers.ts';

export interface CommandPorts {
  readonly bus: Bus;
  readonly sql: Sql;
  readonly offers: OfferStore;
}

export interface CommandOptions {
  readonly counters: Counters;
  readonly log: Logger;
  /** Lets go of everything; nothing half done is left behind. */
  readonly signal: AbortSignal;
}

/** How long a bell that was not heard may cost. */
const SEND_EVERY_MS = 100;
const DISPATCH_EVERY_MS = 100;
const LOOK_EVERY_MS = 250;

/** Of `task-events`: all of them. */
const PARTITIONS_AT_ONCE = 8;

/** Runs until the signal aborts. */
export async function runCommand(ports: CommandPorts, options: CommandOptions): Promise<void> {
  const { signal } = options;
  const service = { ...ports, ...options };
  const send = new Bell();
  const dispatch = new Bell();
  const look = new Bell();
  const bells = [send, dispatch, look];
  for (const bell of bells) signal.addEventListener('abort', bell.ring, { once: true });
  const workers = new Workers(ports.offers, dispatch.ring);
  await Promise.all([
    listen(service, [send, dispatch]),
    workers.watch(signal),
    read('read commands', service, commands(service)),
    read('read events of tasks', service, facts(service)),
    loop('send messages', service, send, SEND_EVERY_MS, () => sendAll(service)),
    loop('dispatch tasks', service, dispatch, DISPATCH_EVERY_MS, () => dispatchAll(service, workers)),
    loop('look after attempts', service, look, LOOK_EVERY_MS, watch(service, workers)),
  ]);
}

type Service = CommandPorts & CommandOptions;

/**
 * `work` runs again and again, at every ring and after a while. Where another replica was first, the next round sees
 * it.
 */
async function loop(doing: string, service: Service, bell: Bell, everyMs: number, work: () => Promise<void>) {
  const { signal } = service;
  while (!signal.aborted) {
    await waitOut(doing, work, service).catch(error => {
      if (!signal.aborted && !isConflict(error)) throw error;
    });
    if (!signal.aborted) await bell.wait(everyMs);
  }
}

const isConflict = (error: unknown) => error instanceof GoboolError && error.code === 'GB_SQL_CONFLICT';

/** Another replica's changes ring, too. */
async function listen({ sql, signal }: Service, bells: readonly Bell[]): Promise<void> {
  for await (const _ of sql.notifications(CHANGED, signal)) for (const bell of bells) bell.ring();
}

/** Until the signal aborts; where the bus ends a subscription, there is another one. */
async function read(doing: string, service: Service, options: SubscribeOptions): Promise<void> {
  const { bus, signal } = service;
  while (!signal.aborted) {
    const subscription = await waitOut(doing, () => bus.subscribe(options), service).catch(error => {
      if (!signal.aborted) throw error;
    });
    if (subscription === undefined) return;
    const close = () => void subscription.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    await subscription.ended.catch(error => {
      if (!isAway(error)) throw error;
    });
    signal.removeEventListener('abort', close);
  }
}

const commands = (service: Service): SubscribeOptions => ({
  group: 'command',
  topics: [runSubmit.topic],
  from: 'beginning',
  handler: message => handleCommand(service, message),
});

const facts = (service: Service): SubscribeOptions => ({
  group: 'command-tasks',
  topics: [taskClaimed.topic],
  from: 'beginning',
  batchHandler: factHandler(service),
  partitionsAtOnce: PARTITIONS_AT_ONCE,
});

async function sendAll({ sql, bus, counters }: Service): Promise<void> {
  for (let sent = 1; sent > 0; counters.sent += sent) sent = await sendPosted(sql, bus);
}

async function dispatchAll({ sql, counters }: Service, workers: Workers): Promise<void> {
  const offers = workers.idle();
  if (offers.length > 0) counters.dispatched += await dispatchTasks(sql, offers);
}

function watch({ sql, counters, log }: Service, workers: Workers): () => Promise<void> {
  const watchdog = new Watchdog(sql, workers);
  return async () => {
    const abandoned = await watchdog.look();
    if (abandoned.length === 0) return;
    for (const { taskId, fact } of abandoned) log.warn({ taskId, fact }, 'nobody will finish this attempt');
    counters.abandoned += abandoned.length - (await changeTasks(sql, abandoned));
  };
}
