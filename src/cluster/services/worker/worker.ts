/**
 * One worker: one process, one task at a time, one processor. It lives as long as its lease in etcd: it claims a
 * partition of `tasks` under it, listens there, and only then offers slot after slot. When the lease is over it dies
 * at once, since somebody else may hold its partition; whoever supervises it starts another one.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import { taskReturned } from '../../contracts/messages/task-events.ts';
import { taskStart } from '../../contracts/messages/task-start.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { Bus, Message } from '../../ports/bus.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { sendDeadLetter } from '../common/dead-letter.ts';
import { type Waiting, waitOut } from '../common/engines-away.ts';
import type { Cause } from '../common/trace.ts';
import type { TaskStart } from './assignment.ts';
import { claimPartition } from './claim-partition.ts';
import { Inbox } from './inbox.ts';
import { Offers } from './offers.ts';
import { Outgoing } from './outgoing.ts';
import { type Performer, performTask } from './perform-task.ts';
import type { PoolNews } from './pool-news.ts';
import { reportEnding } from './report-ending.ts';
import { WarmSandboxes } from './warm-sandboxes.ts';

export interface WorkerPorts {
  readonly bus: Bus;
  readonly leases: Leases;
  readonly artifacts: Pick<Artifacts, 'get'>;
  readonly startSandbox: () => Sandbox;
}

export interface WorkerOptions {
  /** The processor to which its sandboxes are pinned; null: none. */
  readonly cpu: number | null;
  readonly log: Logger;
  /** Drains: takes nothing more, gives what runs a grace, lets go of all it holds, returns. */
  readonly signal: AbortSignal;
  /** For the pool. */
  readonly onNews?: (news: PoolNews) => void;
  /** Ends the process at once, without any courtesy. */
  readonly die: (error: unknown) => void;
}

const LEASE_TTL_MS = 6_000;
/** For what runs, and for all that drains. */
const DRAIN_GRACE_MS = 5_000;
const DRAIN_LIMIT_MS = 8_000;
const ALL_TAKEN_RETRY_MS = 1_000;

/** Throws `GB_SANDBOX_UNAVAILABLE`, `GB_BUS_REFUSED`. Engines that are away are waited for. */
export async function runWorker(ports: WorkerPorts, options: WorkerOptions): Promise<void> {
  const { signal } = options;
  await using held = new AsyncDisposableStack();
  try {
    await work(ports, options, held);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  }
}

async function work(ports: WorkerPorts, options: WorkerOptions, held: AsyncDisposableStack): Promise<void> {
  const { cpu, signal, die, onNews = () => {} } = options;
  const { bus } = ports;
  const workerId = `w-${randomBytes(6).toString('hex')}`;
  const log = options.log.child({ workerId });
  const waiting = { log, signal };
  const lastWords = { log, signal: afterDrain(signal) };
  const broken = Promise.withResolvers<never>();
  // It may break before anybody listens.
  broken.promise.catch(() => {});

  const sandboxes = held.use(new WarmSandboxes(ports.startSandbox));
  const lease = held.use(await waitOut('get a lease', () => ports.leases.grant({ ttlMs: LEASE_TTL_MS }), waiting));
  lease.lost.addEventListener('abort', () => {
    void sandboxes[Symbol.asyncDispose]();
    die(lease.lost.reason);
  });
  const partition = await claimAny(lease, workerId, waiting);
  const outgoing = new Outgoing({ bus, lease, ...lastWords, fail: broken.reject });
  const inbox = new Inbox({ workerId, giveBack: giveBackTo(outgoing), refuse: refuseTo(bus, lastWords) });
  const reading = { topic: taskStart.topic, partition, reader: workerId, handler: inbox.handle };
  const subscription = await waitOut('listen', () => bus.subscribePartition(reading), waiting);
  held.defer(subscription.close);
  subscription.ended.catch(broken.reject);
  await subscription.positioned;
  signal.throwIfAborted();

  const worker = { workerId, partition, pid: process.pid, cpu, host: hostname() };
  const onOffer = (offer: WorkerOffer) => onNews({ type: 'offer', offer });
  const offers = new Offers({ lease, worker, ...lastWords, fail: broken.reject, onOffer });
  signal.addEventListener('abort', () => {
    offers.withdraw();
    inbox.drain(DRAIN_GRACE_MS);
  });
  log.info({ partition, cpu }, 'listens');
  const performer = { workerId, cpu, artifacts: ports.artifacts, outgoing, onNews };
  await Promise.race([serve({ inbox, offers, sandboxes, performer, signal, log }), broken.promise]);
  await outgoing.flushed();
}

interface Serving {
  readonly inbox: Inbox;
  readonly offers: Offers;
  readonly sandboxes: WarmSandboxes;
  readonly performer: Performer;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Slot after slot, until it drains. */
async function serve({ inbox, offers, sandboxes, performer, signal, log }: Serving): Promise<void> {
  for (let slot = 0; ; slot++) {
    await sandboxes.warm();
    const filled = inbox.open(slot);
    if (!signal.aborted) offers.show({ slot, free: true });
    const task = await filled;
    if (task === undefined) return;
    const { taskId, attempt } = task.start;
    offers.show({ slot, free: false, taskId });
    const taskLog = log.child({ ...task.span, taskId, attempt });
    const startMs = performance.now();
    taskLog.info({ slot }, 'task taken');
    const ending = await performTask(task, await sandboxes.warm(), performer);
    sandboxes.spent();
    performer.onNews({ type: 'ended', verdict: ending.verdict });
    await reportEnding(task, ending, performer);
    taskLog.info({ verdict: ending.verdict, durationMs: performance.now() - startMs }, 'task ended');
  }
}

const giveBackTo =
  (outgoing: Outgoing) =>
  ({ spec: _, ...start }: TaskStart, reason: string, cause: Cause): void => {
    // In the name of the worker that it was for: that is whose attempt it ends.
    void outgoing.event(taskReturned, { ...start, reason: reason.slice(0, 500) }, cause);
  };

const refuseTo = (bus: Bus, waiting: Waiting) => (message: Message, error: unknown) => {
  const { log } = waiting;
  log.error({ err: error, partition: message.partition, offset: String(message.offset) }, 'a message cannot be read');
  const send = () => sendDeadLetter(bus, message, { service: 'worker', error, attempts: 1 });
  waitOut('send a dead letter', send, waiting).catch(reason => log.error({ err: reason }, 'a dead letter is lost'));
};

/** Waits until one of the partitions is free. */
async function claimAny(lease: Lease, workerId: string, waiting: Waiting): Promise<number> {
  for (;;) {
    const partition = await waitOut('claim a partition', () => claimPartition(lease, workerId), waiting);
    if (partition !== undefined) return partition;
    waiting.log.warn('all partitions of tasks are taken');
    await pause(ALL_TAKEN_RETRY_MS);
  }
}

/** Aborts when whoever drains has waited long enough for engines that are away. */
function afterDrain(signal: AbortSignal): AbortSignal {
  const overdue = new AbortController();
  const begin = () => setTimeout(() => overdue.abort(signal.reason), DRAIN_LIMIT_MS).unref();
  signal.addEventListener('abort', begin, { once: true });
  return overdue.signal;
}
