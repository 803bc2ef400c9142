/** A replica of join in this process, over in-memory adapters. */
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { memoryArtifacts } from '../../../src/cluster/adapters/memory/artifacts.ts';
import { memoryBus } from '../../../src/cluster/adapters/memory/bus.ts';
import { memoryDocuments } from '../../../src/cluster/adapters/memory/documents.ts';
import { MemoryKeys } from '../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryLeases } from '../../../src/cluster/adapters/memory/memory-leases.ts';
import type { FilingDocument, FilingPorts } from '../../../src/cluster/services/join/filing/file-task.ts';
import { join } from '../../../src/cluster/services/join/join.ts';
import { viewsOf } from '../../../src/cluster/services/join/store/views.ts';
import { WRITER_TOPICS } from '../../../src/cluster/services/join/store/writer.ts';
import { readEvents } from './event-reader.ts';

export type SmallJoin = Awaited<ReturnType<typeof smallJoin>>;

/** `kept`: what it has from another one. */
export async function smallJoin(kept: Partial<Pick<FilingPorts, 'artifacts' | 'filings'>> = {}) {
  const bus = memoryBus();
  for (const topic of [...WRITER_TOPICS, 'dead-letters']) bus.makeTopic(topic, 2);
  const stored = new Map<string, Buffer>();
  const ports = {
    bus,
    views: viewsOf(() => memoryDocuments()),
    fresh: viewsOf(() => memoryDocuments()),
    artifacts: memoryArtifacts(stored),
    filings: memoryDocuments<FilingDocument>(),
    leases: memoryLeases(new MemoryKeys()),
    ...kept,
  };
  let url = '';
  const write = (line: string): void => {
    url = /"url":"(http[^"]+)"/.exec(line)?.[1] ?? url;
  };
  const log = pino({ level: 'info' }, { write });
  const stop = new AbortController();
  const running = join(ports, { settings: { port: 0 }, log, signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await bus.close();
    await running;
  });
  await vi.waitUntil(() => url !== '', { timeout: 10_000 });
  return {
    ...ports,
    stored,
    read: async (path: string, lastEventId?: string) => {
      const reader = await readEvents(url + path, lastEventId);
      onTestFinished(reader.close);
      return reader;
    },
    ask: (path: string, init: RequestInit = {}) => fetch(url + path, init),
    get: async (path: string) => {
      const response = await fetch(url + path);
      return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
    },
  };
}
