/**
 * The service that owns the truth about runs. Any number of replicas: each takes its share of the messages; of sending
 * and dispatching, one replica at a time does the work, whichever gets the lock. Engines that are away are waited for.
 */
import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import { DEAD_LETTERS } from '../../contracts/dead-letter.ts';
import { runSubmit } from '../../contracts/messages/run-submit.ts';
import { taskClaimed } from '../../contracts/messages/task-events.ts';
import type { Bus, SubscribeOptions } from '../../ports/bus.ts';
import type { Sql } from '../../ports/sql.ts';
import { Bell } from './bell.ts';
import { changeTasks } from './change-tasks.ts';
import type { Counters } from './counters.ts';
import { Deliveries } from './delivery/send-deliveries.ts';
import { dispatchTasks } from './dispatch-tasks.ts';
import { endOverdueRuns } from './end-overdue-runs.ts';
import { commandHandler, factsHandler, type Handling } from './handle-messages.ts';
import type { Care } from './hospital/admit.ts';
import { takeLetter } from './hospital/take-letter.ts';
import { treatCases } from './hospital/treat-cases.ts';
import { keepDoing, keepReading, type Round } from './keep-going.ts';
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
  /** Absent: everything as usual, and nobody is told. */
  readonly care?: Care;
}

/** Of `task-events`: all of them. */
const PARTITIONS_AT_ONCE = 8;

type Service = CommandPorts & CommandOptions & Handling;

/** Runs until the signal aborts. */
export async function runCommand(ports: CommandPorts, options: CommandOptions): Promise<void> {
  const service: Service = { care: { policies: {} }, ...ports, ...options };
  const [send, dispatch] = [new Bell(), new Bell()];
  const workers = new Workers(ports.offers, dispatch.ring);
  // Each round and each reader hears of the end.
  setMaxListeners(0, options.signal);
  await Promise.all([
    listen(service, [send, dispatch]),
    workers.watch(options.signal),
    ...subscriptions(service).map(subscription => keepReading(subscription, service)),
    ...rounds(service, { send, dispatch, workers }).map(round => keepDoing(round, service)),
    deliver(service),
  ]);
}

/** Another replica's changes ring, too. */
async function listen({ sql, signal }: Service, bells: readonly Bell[]): Promise<void> {
  for await (const _ of sql.notifications(CHANGED, signal)) for (const bell of bells) bell.ring();
}

const subscriptions = (service: Service): readonly SubscribeOptions[] => [
  { group: 'command', topics: [runSubmit.topic], from: 'beginning', handler: commandHandler(service) },
  {
    group: 'command-tasks',
    topics: [taskClaimed.topic],
    from: 'beginning',
    batchHandler: factsHandler(service),
    partitionsAtOnce: PARTITIONS_AT_ONCE,
  },
  {
    group: 'command-hospital',
    topics: [DEAD_LETTERS],
    from: 'beginning',
    async handler(message) {
      service.counters.cases += Number(await takeLetter(service.sql, message, service.care));
    },
  },
];

interface Ringing {
  readonly send: Bell;
  readonly dispatch: Bell;
  readonly workers: Workers;
}

function rounds(service: Service, { send, dispatch, workers }: Ringing): readonly Round[] {
  const { sql, bus, care, counters } = service;
  const count = async (name: keyof Counters, work: Promise<number>) => {
    counters[name] += await work;
  };
  return [
    { doing: 'send messages', bell: send, everyMs: 500, work: () => sendAll(service) },
    { doing: 'dispatch tasks', bell: dispatch, everyMs: 250, work: () => dispatchAll(service, workers) },
    { doing: 'look after attempts', everyMs: 250, work: watch(service, workers) },
    { doing: 'end overdue runs', everyMs: 500, work: () => count('overdue', endOverdueRuns(sql)) },
    { doing: 'treat cases', everyMs: 500, work: () => treatCases(sql, bus, care) },
  ];
}

async function deliver(service: Service): Promise<void> {
  const deliveries = new Deliveries(service);
  const work = async () => {
    service.counters.delivered += await deliveries.begin();
  };
  await keepDoing({ doing: 'deliver', bell: deliveries.bell, everyMs: 500, work }, service);
  await deliveries.idle();
}

async function sendAll({ sql, bus, counters }: Service): Promise<void> {
  for (let sent = 1; sent > 0; counters.sent += sent) sent = await sendPosted(sql, bus);
}

async function dispatchAll({ sql, counters, care }: Service, workers: Workers): Promise<void> {
  const offers = workers.idle();
  if (offers.length > 0) counters.dispatched += await dispatchTasks(sql, offers, care.policies);
}

function watch({ sql, counters, log, care }: Service, workers: Workers): () => Promise<void> {
  const watchdog = new Watchdog(sql, workers);
  return async () => {
    const abandoned = await watchdog.look();
    if (abandoned.length === 0) return;
    for (const { taskId, fact } of abandoned) log.warn({ taskId, fact }, 'nobody will finish this attempt');
    counters.abandoned += abandoned.length - (await changeTasks(sql, abandoned, care));
  };
}
