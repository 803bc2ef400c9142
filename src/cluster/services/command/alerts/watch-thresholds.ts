/**
 * Looks at the metrics of all services now and then. Where one passes a threshold, or comes back, that is told once:
 * in the log, and to the webhook. Every replica of command looks; PostgreSQL lets one of them tell.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ServiceEndpoint } from '../../../contracts/cluster-objects.ts';
import type { ObjectStore } from '../../../ports/objects.ts';
import type { Sql } from '../../../ports/sql.ts';
import { isAway } from '../../common/engines-away.ts';
import type { ProjectSettings, Threshold } from '../../common/settings.ts';
import { alertWebhook } from '../delivery/delivery.ts';
import { changeLevel, type LevelChange, toldLevels } from '../store/alerts.ts';
import { saveDeliveries } from '../store/deliveries.ts';
import { type Level, levelOf, USUAL_THRESHOLDS } from './level.ts';
import { type Page, Readings, readPage } from './readings.ts';

const LOOK_EVERY_MS = 15_000;
const ANSWER_MS = 3_000;

export interface Watching {
  readonly sql: Sql;
  /** Of the kind `SERVICE_ENDPOINTS`. */
  readonly endpoints: Pick<ObjectStore<ServiceEndpoint | undefined>, 'list'>;
  readonly settings: Pick<ProjectSettings, 'thresholds' | 'webhook'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

/** Until the signal aborts. While an engine is away nothing is told; what is wrong then shows at the next look. */
export async function watchThresholds(watching: Watching): Promise<void> {
  const { signal, everyMs = LOOK_EVERY_MS } = watching;
  const readings = new Readings();
  while (!signal.aborted) {
    await look(watching, readings).catch(error => {
      if (!isAway(error)) throw error;
    });
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function look({ sql, endpoints, settings, log }: Watching, readings: Readings): Promise<void> {
  const values = readings.take(await pagesOf(endpoints), performance.now());
  const told = await toldLevels(sql);
  const { thresholds = {} } = settings;
  for (const [metric, threshold] of Object.entries({ ...USUAL_THRESHOLDS, ...thresholds })) {
    const value = values.get(metric);
    if (value === undefined) continue;
    const before = told.get(metric) ?? 'ok';
    const level = levelOf(value, threshold);
    const change = { metric, before, level, value, atMs: Date.now() };
    if (level === before || !(await tell(sql, change, threshold, settings.webhook))) continue;
    log[LOG[level]](
      { ...change, threshold },
      level === 'ok' ? 'a metric is well again' : 'a metric passed a threshold',
    );
  }
}

/** Resolves to false where another replica was first. */
const tell = (sql: Sql, change: LevelChange, threshold: Threshold, webhook: string | undefined): Promise<boolean> =>
  sql.transaction(async queries => {
    const isOurs = await changeLevel(queries, change);
    if (isOurs && webhook !== undefined) await saveDeliveries(queries, [alertWebhook(webhook, change, threshold)]);
    return isOurs;
  });

const LOG = { ok: 'info', warning: 'warn', error: 'error' } as const satisfies Record<Level, string>;

/** Of those that answer. */
async function pagesOf(endpoints: Watching['endpoints']): Promise<ReadonlyMap<string, Page>> {
  const replicas = await endpoints.list();
  const pages = await Promise.all(replicas.map(async ({ key, value }) => [key, await pageOf(value)] as const));
  return new Map(pages.flatMap(([key, page]) => (page === undefined ? [] : [[key, page]])));
}

async function pageOf(endpoint: ServiceEndpoint | undefined): Promise<Page | undefined> {
  if (endpoint === undefined) return undefined;
  try {
    const response = await fetch(new URL('/metrics', endpoint.url), { signal: AbortSignal.timeout(ANSWER_MS) });
    return response.ok ? readPage(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}
