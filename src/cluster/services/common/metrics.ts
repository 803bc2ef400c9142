/**
 * Metrics of one process for Prometheus. Services count in plain objects; what a metric shows is read when somebody
 * asks for it, so a cluster that nobody watches asks its engines nothing.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isAway } from './engines-away.ts';
import type { Routes } from './serve-routes.ts';

/** Node wakes up so often to see how late it is. */
const EVENT_LOOP_LOOK_MS = 50;
/** For what is read from engines: who asks sooner gets the last reading. */
const READING_MS = 1_000;

/** A number, or one for each value of the metric's label. */
export type Reading = number | Readonly<Record<string, number>>;

export interface MetricDescription {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #described: MetricDescription[] = [];

  /** Has processor, memory and delay of the event loop. `service` is a label of all its metrics. */
  constructor(service: string) {
    this.#registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
  }

  /** While the engine that it is read from is away it shows NaN, or nothing where it has a label. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, label?: string): void {
    new Gauge({
      ...this.#describe({ name, type: 'gauge', help, labels: listOf(label) }),
      async collect() {
        this.reset();
        const reading = await unlessAway(read, label === undefined ? Number.NaN : {});
        for (const [labels, value] of samplesOf(reading, label)) this.set(labels, value);
      },
    });
  }

  /** `read`: how many there were since the process started. */
  counter(name: string, help: string, read: () => Reading, label?: string): void {
    new Counter({
      ...this.#describe({ name, type: 'counter', help, labels: listOf(label) }),
      collect() {
        this.reset();
        for (const [labels, value] of samplesOf(read(), label)) this.inc(labels, value);
      },
    });
  }

  /** `buckets`: upper bounds, ascending. */
  histogram(name: string, help: string, buckets: readonly number[], labels: readonly string[]): Histogram {
    return new Histogram({ ...this.#describe({ name, type: 'histogram', help, labels }), buckets: [...buckets] });
  }

  /** Those of gobool, without what Node tells of every process. */
  described(): readonly MetricDescription[] {
    return this.#described;
  }

  /** What Prometheus reads. */
  page(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** `GET /metrics` */
  readonly routes: Routes = app => {
    app.get('/metrics', async (_request, reply) => reply.type(this.contentType).send(await this.page()));
  };

  #describe(description: MetricDescription) {
    this.#described.push(description);
    const { name, help, labels } = description;
    return { name, help, labelNames: [...labels], registers: [this.#registry] };
  }
}

const listOf = (label: string | undefined): readonly string[] => (label === undefined ? [] : [label]);

async function unlessAway(read: () => Reading | Promise<Reading>, otherwise: Reading): Promise<Reading> {
  try {
    return await read();
  } catch (error) {
    if (isAway(error)) return otherwise;
    throw error;
  }
}

function samplesOf(reading: Reading, label = ''): readonly (readonly [Record<string, string>, number])[] {
  if (typeof reading === 'number') return [[{}, reading]];
  return Object.entries(reading).map(([value, number]) => [{ [label]: value }, number]);
}

/** One reading serves all who ask at about the same time. */
export function cached<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { readonly atMs: number; readonly reading: Promise<T> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - last.atMs > READING_MS) last = { atMs: nowMs, reading: read() };
    return last.reading;
  };
}
