/**
 * The query side. One half, in a group with all replicas, stores what the log says; the other half serves readers what
 * is stored and what comes. The live half begins where the writers' group stands, not at the end of the log: what lies
 * between is in neither otherwise, and a task that ended there would never end for its readers.
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Bus, SubscribeOptions, Subscription } from '../../ports/bus.ts';
import type { Leases } from '../../ports/leases.ts';
import { untilItWorks } from '../common/patiently.ts';
import { keepRegistered } from '../common/register-service.ts';
import { serveRoutes } from '../common/serve-routes.ts';
import type { ServiceContext } from '../common/service.ts';
import { subscribeUntil } from '../common/subscribe-until.ts';
import { newCounters } from './counters.ts';
import type { FilingPorts } from './filing/file-task.ts';
import { filingOptions } from './filing/filing.ts';
import { artifactRoutes } from './http/artifacts.ts';
import { Channels } from './http/channels.ts';
import { healthRoutes } from './http/health.ts';
import { rebuildRoutes } from './http/rebuild.ts';
import { runRoutes } from './http/runs.ts';
import { streamRoutes } from './http/streams.ts';
import { LIVE_TOPICS, LiveLog } from './live/live-log.ts';
import { WriterProgress } from './live/writer-progress.ts';
import { joinMetrics } from './metrics.ts';
import { Rankings } from './ranks/rankings.ts';
import type { Views } from './store/views.ts';
import { WRITER_GROUP, WRITER_TOPICS, writerOf } from './store/writer.ts';

export interface JoinPorts extends FilingPorts {
  readonly bus: Bus;
  readonly leases: Leases;
  /** Where a rebuild writes; nobody reads it. */
  readonly fresh: Views;
}

interface JoinContext extends Pick<ServiceContext, 'log' | 'signal'> {
  readonly settings: Pick<ServiceContext['settings'], 'port'>;
}

/** Returns after the signal aborted. */
export async function join(ports: JoinPorts, { settings, log, signal }: JoinContext): Promise<void> {
  const { bus, views, leases } = ports;
  const read = { live: new LiveLog(), progress: new WriterProgress(bus, signal), views, log };
  const sources = { ...read, rankings: new Rankings(read, signal) };
  using channels = new Channels();
  const counters = newCounters();
  const metrics = joinMetrics({ bus, counters, openStreams: () => channels.count });
  const subjects = [
    metrics.routes,
    healthRoutes(channels),
    runRoutes(sources),
    streamRoutes(sources, channels),
    artifactRoutes(ports),
    rebuildRoutes({ ...ports, ...sources }, signal),
  ];
  try {
    // Its health is told while Kafka is away, too; readers find it once it is registered.
    const server = await serveRoutes(settings.port, subjects, log);
    const reading = await keepSubscribed(bus, liveOptions(sources.live), log, signal);
    const writing = await keepSubscribed(bus, writerOptions(writerOf({ bus, views, counters, log })), log, signal);
    // Nobody waits for what is filed.
    const filing = keepSubscribed(bus, filingOptions({ ...ports, ...sources }), log, signal);
    filing.catch(() => {});
    await keepRegistered({ leases, name: 'join', endpoint: { url: server.url, pid: process.pid }, log, signal });
    await server[Symbol.asyncDispose]();
    await Promise.all([reading, writing, await filing].map(({ ended }) => ended));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const liveOptions = (live: LiveLog): SubscribeOptions => ({
  group: `join-live-${randomBytes(6).toString('hex')}`,
  topics: LIVE_TOPICS,
  from: { group: WRITER_GROUP },
  batchHandler: async messages => {
    for (const message of messages) live.take(message);
  },
});

const writerOptions = (batchHandler: ReturnType<typeof writerOf>): SubscribeOptions => ({
  group: WRITER_GROUP,
  topics: WRITER_TOPICS,
  from: 'beginning',
  batchHandler,
});

/**
 * Resolves when it reads; goes on reading, whatever happens to the bus, until the signal aborts: then `ended` resolves.
 */
async function keepSubscribed(
  bus: Bus,
  options: SubscribeOptions,
  log: Logger,
  signal: AbortSignal,
): Promise<{ readonly ended: Promise<void> }> {
  const what = `reading the log as ${options.group}`;
  const subscribe = () => untilItWorks(what, () => subscribeUntil(bus, options, signal), log, signal);
  let current: Subscription = await subscribe();
  const keep = async (): Promise<void> => {
    signal.addEventListener('abort', () => void current.close(), { once: true });
    while (!signal.aborted) {
      try {
        await current.ended;
      } catch (error) {
        log.warn({ err: error }, `${what} ended; beginning again`);
        current = await subscribe();
      }
    }
  };
  return {
    ended: keep().catch(error => {
      if (!signal.aborted) throw error;
    }),
  };
}
